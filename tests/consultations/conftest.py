"""Every test of the hall begins in English: a page read in Hindi leaves its language behind in the thread."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _begins_in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
