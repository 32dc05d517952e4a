"""This room's settings, with their defaults."""

from django.conf import settings

STEP = 500
"""How many rows an export reads at once."""
MOST = 100
"""The longest page of a list."""


def rate() -> str:
    """API_RATE: how many questions one network may ask in which time ("300/m")."""
    return str(getattr(settings, "API_RATE", "300/m"))
