"""What both databases share: the table, the shape of a query, and likeness by rare words.

An engine of a database says only how its own index is asked (`matches`) and how a set of words is written for it.
"""

import math
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from foundation import normalise
from search.engines.base import (
    LONGEST_BODY,
    LONGEST_TITLE,
    Alike,
    Engine,
    Entry,
    Hit,
    SearchRequest,
    SearchResult,
    Wanted,
    wanted,
)
from search.highlight import excerpt, marked
from search.models import SearchEntry

CAP = 5000
"""Matches that are ranked and counted; beyond it totals are "more than"."""
SIMILAR_WORDS, RAREST, CANDIDATES, COUNT_TO = 16, 5, 100, 1000
LIKEST = 0.15
FIELDS = ["language", "kind", "agency", "title", "body", "public", "at", "title_terms", "body_terms", "vector",
          "indexed_at"]  # fmt: skip


class Tables(Engine):
    """An engine over our own table."""

    @abstractmethod
    def matches(self) -> str:
        """SQL from FROM to the match, with one parameter for the words; the table is `e`, the rank `rank_sql`."""

    rank_sql: str
    """SQL over the match: lower is better."""

    @abstractmethod
    def all_of(self, words: Sequence[frozenset[str]]) -> str:
        """Every word in one of its forms, as this index is asked."""

    @abstractmethod
    def any_of(self, terms: Sequence[str]) -> str:
        """At least one of the terms, as this index is asked."""

    def vector(self, title_terms: Sequence[str], body_terms: Sequence[str]) -> str | None:
        """What stands in the `vector` column; None where the database keeps its own index."""
        return None

    def index(self, entries: Sequence[Entry], *, now: datetime) -> None:
        rows = {(entry.source, entry.key): self._row(entry, now) for entry in entries}
        SearchEntry.objects.bulk_create(
            rows.values(),
            batch_size=200,
            update_conflicts=True,
            unique_fields=["source", "object_key"],
            update_fields=FIELDS,
        )

    def remove(self, source: str, keys: Iterable[str], *, thoroughly: bool = False) -> int:
        removed = 0
        keys = list(keys)
        with transaction.atomic():
            for at in range(0, len(keys), 500):
                found = SearchEntry.objects.filter(source=source, object_key__in=keys[at : at + 500])
                removed += found.delete()[0]
            if thoroughly and removed:
                self.forget()
        return removed

    def forget(self) -> None:
        """Clears what the index keeps of entries that are gone."""

    def query(self, request: SearchRequest) -> SearchResult:
        words = wanted(request)
        if not words.words:
            return SearchResult(engine=self.key, asked=False)
        match = self.all_of(words.words)
        table = self._counts(match, request)
        capped = sum(table.values()) >= CAP
        total = self._total(match, request) if capped else _sum(table, request.kind, request.agency)
        rows = self._page(match, request) if total > request.offset else []
        return SearchResult(
            hits=tuple(self._hit(row, words) for row in rows),
            total=total,
            is_exact=total < CAP,
            facets={"kind": _facet(table, 0, request.agency), "agency": _facet(table, 1, request.kind)},
            engine=self.key,
            cut=words.cut,
        )

    def similar(self, text: str, *, language: str, kind: str = "", limit: int = 5) -> list[Alike]:
        asked = dict.fromkeys(
            normalise.stem(word.folded, language)
            for word in normalise.words(text[:LONGEST_TITLE * 10])
            if not normalise.is_stop(word.folded, language)
        )  # fmt: skip
        terms = [term for term in asked if term][:SIMILAR_WORDS]
        spread = {term: self._spread(term) for term in terms}
        rare = sorted((term for term in terms if spread[term]), key=lambda term: (spread[term], term))[
            :RAREST
        ]
        if not rare:
            return []
        weights = {term: math.log(1 + COUNT_TO / (1 + spread[term])) for term in terms}
        whole = sum(weights.values())
        request = SearchRequest(text="", kind=kind, limit=CANDIDATES)
        alike = []
        for row in self._page(self.any_of(rare), request):
            there = {*row.title_terms.split(), *row.body_terms.split()}
            likeness = sum(weights[term] for term in terms if term in there) / whole
            if likeness >= LIKEST:
                alike.append(Alike(self._hit(row, Wanted((frozenset(terms),))), round(likeness, 4)))
        return sorted(alike, key=lambda found: (-found.likeness, found.hit.source, found.hit.key))[:limit]

    def _row(self, entry: Entry, now: datetime) -> SearchEntry:
        title, body = _storable(entry.title)[:LONGEST_TITLE], _storable(entry.body)[:LONGEST_BODY]
        title_terms = normalise.terms(title, entry.language) if entry.by_title else []
        body_terms = normalise.terms(body, entry.language)
        return SearchEntry(
            source=entry.source,
            object_key=entry.key,
            language=entry.language,
            kind=entry.kind,
            agency=entry.agency,
            title=title,
            body=body,
            public=entry.public,
            at=entry.at,
            title_terms=" ".join(title_terms),
            body_terms=" ".join(body_terms),
            vector=self.vector(title_terms, body_terms),
            indexed_at=now,
        )

    def _matching(
        self, match: str, request: SearchRequest, select: str, *, narrow: bool
    ) -> tuple[str, list[Any]]:
        """The capped set of matches; `narrow` by kind and agency, or not, to count what they would leave."""
        conditions, parameters = ["e.public"], [match]
        filters = {"e.language": request.language}
        if narrow:
            filters |= {"e.kind": request.kind, "e.agency": request.agency}
        for column, value in filters.items():
            if value:
                conditions.append(f"{column} = %s")
                parameters.append(value)
        sql = f"SELECT {select} {self.matches()} AND {' AND '.join(conditions)} LIMIT {CAP}"
        return sql, parameters

    def _counts(self, match: str, request: SearchRequest) -> Counter[tuple[str, str]]:
        inner, parameters = self._matching(match, request, "e.kind, e.agency", narrow=False)
        sql = f"SELECT kind, agency, COUNT(*) FROM ({inner}) m GROUP BY kind, agency"  # noqa: S608 - no values
        return Counter({(kind, agency): number for kind, agency, number in _asked(sql, parameters)})

    def _total(self, match: str, request: SearchRequest) -> int:
        inner, parameters = self._matching(match, request, "e.id", narrow=True)
        return int(_asked(f"SELECT COUNT(*) FROM ({inner}) m", parameters)[0][0])  # noqa: S608 - no values

    def _page(self, match: str, request: SearchRequest) -> list[SearchEntry]:
        select = f"e.id, e.at, {self.rank_sql} AS place"
        inner, parameters = self._matching(match, request, select, narrow=True)
        sql = (
            f"WITH m AS MATERIALIZED ({inner}) SELECT id FROM m "  # noqa: S608 - no values
            "ORDER BY place, at DESC NULLS LAST, id LIMIT %s OFFSET %s"
        )
        keys = [row[0] for row in _asked(sql, [*parameters, request.limit, request.offset])]
        found = SearchEntry.objects.defer("vector").in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def _spread(self, term: str) -> int:
        inner = f"SELECT e.id {self.matches()} AND e.public LIMIT {COUNT_TO}"
        return int(_asked(f"SELECT COUNT(*) FROM ({inner}) m", [self.any_of([term])])[0][0])  # noqa: S608

    def _hit(self, row: SearchEntry, words: Wanted) -> Hit:
        return Hit(
            source=row.source,
            key=row.object_key,
            language=row.language,
            title=row.title,
            text=row.body,
            kind=row.kind,
            agency=row.agency,
            at=row.at,
            marked_title=marked(row.title, words.forms if row.title_terms else frozenset(), row.language),
            excerpt=excerpt(row.body, words.forms, row.language),
        )


def _asked(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _storable(text: str) -> str:
    """Without what no database takes: NUL and lone surrogates."""
    return text.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8")


def _sum(table: Counter[tuple[str, str]], kind: str, agency: str) -> int:
    return sum(n for (own, whose), n in table.items() if kind in ("", own) and agency in ("", whose))


def _facet(table: Counter[tuple[str, str]], at: int, other: str) -> dict[str, int]:
    """How many there are of each kind (or for each agency) under the other filter."""
    found: Counter[str] = Counter()
    for pair, number in table.items():
        if other in ("", pair[1 - at]) and pair[at]:
            found[pair[at]] += number
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
