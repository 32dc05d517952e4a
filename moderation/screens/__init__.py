"""Automatic checks, one file each, found because the file is here. They hold words for a person, and no more."""

from moderation.screens.base import Context, Earlier, Finding, Screen, look, screens

__all__ = ["Context", "Earlier", "Finding", "Screen", "look", "screens"]

screens.discover(__name__)
