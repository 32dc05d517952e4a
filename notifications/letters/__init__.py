"""The letters: one file for each occasion, found because it is there."""

from foundation.registry import Registry
from notifications.letters.base import Occasion

letters: Registry[Occasion] = Registry("letter")

__all__ = ["letters"]
