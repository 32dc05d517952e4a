"""The look alone: its own addresses, the living page switched on, nothing of the rooms above."""

from typing import Any

import pytest

from foundation import slots


@pytest.fixture(autouse=True)
def _no_room_above(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The ground is tested without the addresses of other rooms and what they put into its places."""
    monkeypatch.setattr(slots, "_places", {})
    settings.ROOT_URLCONF = "tests.design.urls"


@pytest.fixture
def living(settings: Any) -> None:
    """The living page answers."""
    settings.DESIGN_PAGE = True
