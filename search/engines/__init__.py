"""Engines of search: one for each database that the house runs on, behind one interface."""

from django.db import connection

from search.engines.base import Alike, Cell, Engine, Entry, Hit, SearchRequest, SearchResult
from search.engines.postgres import Postgres
from search.engines.sqlite import SQLite

__all__ = ["Alike", "Cell", "Engine", "Entry", "Hit", "SearchRequest", "SearchResult", "engine"]


def engine() -> Engine:
    """The engine of the database in use."""
    return Postgres() if connection.vendor == "postgresql" else SQLite()
