"""What every test stands on: the outside closed, a database in a file, commits on demand, threads."""

import os
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.core.cache import cache
from django.db import connection, connections
from django.test import client
from django.utils import translation
from pytest_socket import socket_allow_hosts

from foundation import garbage
from tests import emptied, kept_database
from tests.factories import kept_rows

pytest_plugins = ["tests.people"]
tables_are_emptied_quickly = emptied.tables_are_emptied_quickly
LOOPBACK = ["127.0.0.1", "::1", "localhost"]


def pytest_collection_finish() -> None:
    """As a server does when it is loaded: a sixth of the time of all tests."""
    garbage.keep_what_stands()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """No test reaches beyond this machine; those marked `postgres` are listed with the reason on SQLite."""
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> Generator[None]:
    """What runs where, and in which order.

    With ONLY_DATABASE_TESTS=FILE the suite's second engine runs what asks a database, and nothing twice for nothing.
    `one_engine` marks long walks through the whole house that look for what is decided above the database: who may
    send what, what a page of somebody else's shows; FILE names them. Each address is opened on every engine
    (test_every_url).

    Where several processes share the tests, those of a file stay together: they begin with the same rows, which are
    then made once (`kept_rows`). Long groups begin, then the largest files; tests that commit empty the tables and
    come last, as ever.
    """
    if told := os.environ.get("ONLY_DATABASE_TESTS"):
        asking = [item for item in items if _asks_a_database(item)]
        kept = [item for item in asking if not item.get_closest_marker("one_engine")]
        once = Counter(str(item.path.relative_to(config.rootpath)) for item in {*asking} - {*kept})
        lines = [
            f"not repeated on a second engine: {number} of {file}" for file, number in sorted(once.items())
        ]
        Path(told).write_text("\n".join(lines))
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept
    long = {item.function for item in items if item.get_closest_marker("xdist_group")}
    of_a_file = Counter(item.path for item in items)
    if hasattr(config, "workerinput"):
        for item in items:
            if item.function not in long and not _commits(item):
                item.add_marker(pytest.mark.xdist_group(item.path.relative_to(config.rootpath / "tests")))
    yield
    items.sort(key=lambda item: (_commits(item), item.function not in long, -of_a_file[item.path]))


def _commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    asks = "transactional_db" in getattr(item, "fixturenames", ())
    return asks or bool(mark and mark.kwargs.get("transaction"))


def _asks_a_database(item: pytest.Item) -> bool:
    asks = {"db", "transactional_db", "django_db_setup", "admin_client"}
    return bool(item.get_closest_marker("django_db") or asks & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """On SQLite the test database is a file, as in production, so that threads meet real locks."""
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        kept_database.bring(path)
        connection.settings_dict["TEST"]["NAME"] = str(path)
    elif os.environ.get("PYTEST_XDIST_WORKER"):
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = kept_database.template(
                tmp_path_factory.getbasetemp().parent
            )


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """What was brought is migrated further, not made anew; the folder of the run goes with the run."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(autouse=True, scope="session")
def _of_a_page_the_outermost_context_is_kept() -> Iterator[None]:
    """Django's test client copies the context of every template within a page; tests ask for what the view gave."""
    store_all = client.store_rendered_templates

    def store(
        kept: dict[str, Any], signal: Any, sender: Any, template: Any, context: Any, **named: Any
    ) -> None:
        if "context" in kept:
            kept["templates"].append(template)
        else:
            store_all(kept, signal, sender, template, context, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", store)
        yield


@pytest.fixture(autouse=True)
def _each_test_begins_in_english() -> Iterator[None]:
    """A page in another language leaves that language active in its thread; no test hands it on to the next."""
    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_the_test_before() -> None:
    """A database is taken back after each test, a cache is not: where a site's pages begin, who asked how often."""
    cache.clear()


@pytest.fixture(autouse=True)
def _numbers_begin_anew(request: pytest.FixtureRequest) -> None:
    """Where a test was taken back the next one numbers its rows as if there had been none."""
    if _asks_a_database(request.node):
        request.getfixturevalue("_django_db_helper")
        kept_rows.count_from_the_start()


@pytest.fixture
def commit(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> Callable[[], AbstractContextManager[Any]]:
    """`with commit(): …` does at its end what a commit would do: announcements and audit lines go out."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def together() -> Callable[[int, Callable[[int], Any]], list[Any]]:
    """`together(8, act)` runs `act(0) … act(7)` in threads that begin at one moment; gives what each gave.

    An error stands in the place of a result. For tests with `django_db(transaction=True)`: each thread has a
    connection of its own.
    """

    def run(count: int, act: Callable[[int], Any]) -> list[Any]:
        results: list[Any] = [None] * count
        ready = threading.Barrier(count)

        def one(number: int) -> None:
            try:
                connection.ensure_connection()
                ready.wait(timeout=30)
                results[number] = act(number)
            except Exception as error:
                results[number] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        return results

    return run
