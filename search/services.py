"""The index is kept here: what changed is asked of its source again, and what may no longer be read goes."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from django.db import transaction

from foundation.locks import only_one
from search.engines import engine
from search.models import SearchEntry
from search.sources import sources

CHUNK = 500
AT_MOST = 20_000
"""Entries that one catching up puts in; the next goes on."""
LONGEST = timedelta(minutes=30)
T = TypeVar("T")


def index(source: str, keys: Iterable[str | int], *, now: datetime) -> int:
    """Asks a source for these keys again: what everybody may read is put in, all else is taken out.

    Gives how many stand in the index now. Safe to run twice and in any order.
    """
    asked = [str(key) for key in dict.fromkeys(keys)]
    put = 0
    for chunk in _chunks(asked):
        with transaction.atomic():
            entries = list(sources[source].entries(now, chunk))
            gone = set(chunk) - {entry.key for entry in entries}
            engine().remove(source, sorted(gone))
            engine().index(entries, now=now)
        put += len(entries)
    return put


def remove(source: str, keys: Iterable[str | int], *, thoroughly: bool = False) -> int:
    """Takes entries out; `thoroughly` (for an erased person) also what the database keeps of their words."""
    return engine().remove(source, [str(key) for key in keys], thoroughly=thoroughly)


def reindex(*, now: datetime, source: str = "") -> Iterator[tuple[str, int]]:
    """Puts everything in anew and takes out what was not met; yields (source, how many) as it goes on.

    Searching goes on meanwhile. Ends at once when another process is at it.
    """
    with only_one("search.reindex", now=now, ttl=LONGEST) as ours:
        for key in sources if ours else ():
            if source not in ("", key):
                continue
            for chunk in _chunks(sources[key].entries(now)):
                engine().index(chunk, now=now)
                yield key, len(chunk)
            left = SearchEntry.objects.filter(source=key, indexed_at__lt=now)
            remove(key, list(left.values_list("object_key", flat=True)))
        if ours and not source:
            SearchEntry.objects.exclude(source__in=list(sources)).delete()


def catch_up(now: datetime) -> int:
    """What announcements left behind: puts in what is missing, takes out what may no longer be read.

    Gives how many entries changed. The clock calls it; it compares keys only, so words that changed without an
    announcement wait for `reindex`.
    """
    changed = 0
    with only_one("search.catch_up", now=now, ttl=LONGEST) as ours:
        for key in sources if ours else ():
            public = set(sources[key].keys(now))
            there = set(
                SearchEntry.objects.filter(source=key).values_list("object_key", flat=True).iterator()
            )
            changed += remove(key, sorted(there - public))
            changed += index(key, sorted(public - there)[:AT_MOST], now=now)
    return changed


def _chunks(things: Iterable[T]) -> Iterator[list[T]]:
    it = iter(things)
    while chunk := list(islice(it, CHUNK)):
        yield chunk
