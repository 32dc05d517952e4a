"""What the tests of the threshold share: letters that came, and limits that begin anew."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.accounts.letters import letters_box


@pytest.fixture
def letters() -> Iterator[list[dict[str, Any]]]:
    """Every code that was announced, oldest first."""
    with letters_box() as box:
        yield box
