"""Fixtures over the servers of this folder: `from tests.servers.fixtures import snac, post` in a conftest.

A server whose tool is not on this machine skips the test with the reason; under CI=true it fails it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Literal, TypeVar

import pytest

from tests.servers.browser import browser
from tests.servers.mail import mail_server
from tests.servers.postgres import Postgres, attached, postgres_server
from tests.servers.process import Missing
from tests.servers.redis import redis_server
from tests.servers.snac import snac_server

T = TypeVar("T")
Scope = Literal["session", "module", "function"]


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


def served(
    start: Callable[[], AbstractContextManager[T]], *, scope: Scope, name: str
) -> Callable[..., Iterator[T]]:
    """A fixture of that name over a server, kept for a session, a module or one test."""

    @pytest.fixture(scope=scope, name=name)
    def server() -> Iterator[T]:
        with here(start) as running:
            yield running

    return server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The cluster that DATABASE_URL names, else a private one."""
    if os.environ.get("DATABASE_URL"):
        yield attached(os.environ["DATABASE_URL"])
        return
    with here(postgres_server) as server:
        yield server


redis = served(redis_server, scope="session", name="redis")
"""A private Redis."""
snac = served(snac_server, scope="session", name="snac")
"""A fediverse server with the accounts `agency` and `citizen`."""
post = served(mail_server, scope="function", name="post")
"""An empty mail server."""
window = served(browser, scope="module", name="window")
"""A real browser."""
