"""The living site, made once for all tests of a file that only look at it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from django.db import transaction
from django.template import Template
from django.test import TestCase
from django.test.utils import _TestState

from tests.factories import kept_rows
from tests.holds.living import Living, build
from tests.holds.neighbours import Neighbours, build_both

T = TypeVar("T")


@contextmanager
def standing(make: Callable[[], T], blocker: Any) -> Iterator[T]:
    """What was made; whatever a test changes in it is taken back, and all of it at the end."""
    with blocker.unblock(), kept_rows.standing():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            with TestCase.captureOnCommitCallbacks(execute=True):
                made = make()
            yield made
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _no_template_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's test client copies the context of each template for whoever looks into it; nobody here does."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


@pytest.fixture(scope="module")
def here(django_db_setup: None, django_db_blocker: Any) -> Iterator[Living]:
    """The living site of our agency."""
    with standing(build, django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: Any) -> Iterator[Neighbours]:
    """Our agency and another, each with one of everything and people of its own."""
    with standing(build_both, django_db_blocker) as made:
        yield made
