"""The living site, made once for all tests of a file that only look at it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import TestCase

from tests.holds.living import Living, build


@pytest.fixture(scope="module")
def here(django_db_setup: None, django_db_blocker: Any) -> Iterator[Living]:
    """The living site; whatever a test changes in it is taken back, and all of it at the end of the file."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            with TestCase.captureOnCommitCallbacks(execute=True):
                made = build()
            yield made
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
