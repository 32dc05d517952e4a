"""Fixtures over the servers of this folder: `from tests.servers.fixtures import snac, post` in a conftest.

A server whose tool is not on this machine skips the test with the reason; under CI=true it fails it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

import pytest

from tests.servers.browser import Window, browser
from tests.servers.mail import PostOffice, mail_server
from tests.servers.postgres import Postgres, attached, postgres_server
from tests.servers.process import Missing
from tests.servers.redis import Redis, redis_server
from tests.servers.snac import Snac, snac_server

T = TypeVar("T")


@contextmanager
def here(start: Callable[[], AbstractContextManager[T]]) -> Iterator[T]:
    """`with here(snac_server) as snac:` — enters a server or says what is missing."""
    context = start()
    try:
        server = context.__enter__()
    except Missing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(f"not on this machine: {missing}", pytrace=False)
        pytest.skip(str(missing))
    error: BaseException | None = None
    try:
        yield server
    except BaseException as raised:
        error = raised
        raise
    finally:
        context.__exit__(type(error) if error else None, error, None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The cluster that DATABASE_URL names, else a private one."""
    if os.environ.get("DATABASE_URL"):
        yield attached(os.environ["DATABASE_URL"])
        return
    with here(postgres_server) as server:
        yield server


@pytest.fixture(scope="session")
def redis() -> Iterator[Redis]:
    """A private Redis."""
    with here(redis_server) as server:
        yield server


@pytest.fixture(scope="session")
def snac() -> Iterator[Snac]:
    """A fediverse server with the accounts `agency` and `citizen`."""
    with here(snac_server) as server:
        yield server


@pytest.fixture
def post() -> Iterator[PostOffice]:
    """An empty mail server."""
    with here(mail_server) as server:
        yield server


@pytest.fixture(scope="module")
def window() -> Iterator[Window]:
    """A real browser."""
    with here(browser) as server:
        yield server
