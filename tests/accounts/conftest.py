"""What the tests of the threshold share: letters that came, and limits that begin anew."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from tests.accounts.letters import letters_box


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def letters() -> Iterator[list[dict[str, Any]]]:
    """Every code that was announced, oldest first."""
    with letters_box() as box:
        yield box
