"""What both databases share: the table, the shape of a query, and likeness by rare words.

An engine of a database says only how its own index is asked (`matches`) and how a set of words is written for it.
"""

import math
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from django.db import connection, transaction

from foundation import normalise
from search import vocabulary
from search.engines.base import (
    LONGEST_BODY,
    LONGEST_QUERY,
    LONGEST_TITLE,
    MOST_WORDS,
    Alike,
    Cell,
    Engine,
    Entry,
    Hit,
    SearchRequest,
    SearchResult,
    Wanted,
    meant_in,
    wanted,
)
from search.highlight import excerpt, marked
from search.models import SearchEntry

CAP = 5000
"""Matches that are ranked and counted; beyond it totals are "more than"."""
SIMILAR_WORDS, RAREST, CANDIDATES, COUNT_TO = 16, 5, 100, 1000
LIKEST = 0.15
GUESSED_WORDS, GUESSES, TOGETHER = 3, 5, 50
FIELDS = ["language", "kind", "agency", "consultation", "title", "body", "public", "at", "title_terms", "body_terms",
          "vector", "indexed_at"]  # fmt: skip


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
        words: dict[str, str] = {}
        for row in rows.values():
            if row.public:
                words = {**_words(row), **words}
        with transaction.atomic():
            left: dict[str, str] = {}
            for source in {source for source, _key in rows}:
                there = SearchEntry.objects.filter(
                    source=source, object_key__in=[key for own, key in rows if own == source]
                )
                for old in there.only("source", "object_key", "language", "title", "body", "title_terms"):
                    new = rows[old.source, old.object_key]
                    if (old.title, old.body, True) != (new.title, new.body, new.public):
                        left |= _words(old)
            SearchEntry.objects.bulk_create(
                rows.values(),
                batch_size=200,
                update_conflicts=True,
                unique_fields=["source", "object_key"],
                update_fields=FIELDS,
            )
            vocabulary.note(words)
            self._let_go(word for word in left if word not in words)

    def remove(self, source: str, keys: Iterable[str], *, thoroughly: bool = False) -> int:
        removed = 0
        keys = list(keys)
        with transaction.atomic():
            for at in range(0, len(keys), 500):
                found = SearchEntry.objects.filter(source=source, object_key__in=keys[at : at + 500])
                left: dict[str, str] = {}
                for old in found.only("language", "title", "body", "title_terms"):
                    left |= _words(old)
                removed += found.delete()[0]
                self._let_go(left)
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
        cells = self._cells(match)
        filters = (request.kind, request.agency, request.language, request.consultations)
        narrowed = any(narrows not in ("", None) for narrows in filters)
        total = self._total(match, request) if narrowed else sum(cells.values())
        rows = self._page(match, request) if total > request.offset else []
        return SearchResult(
            hits=tuple(self._hit(row, words) for row in rows),
            total=total,
            is_exact=total < CAP,
            cells=cells,
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
        spread = dict(zip(terms, self._spread([frozenset({term}) for term in terms]), strict=True))
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

    def meant(self, request: SearchRequest) -> str:
        text, languages = request.text[:LONGEST_QUERY], meant_in(request)
        asked = list(dict.fromkeys(word.folded for word in normalise.words(text)))[:MOST_WORDS]
        there = self._spread([normalise.variants(word, languages) for word in asked])
        unknown = [word for word, number in zip(asked, there, strict=True) if not number][:GUESSED_WORDS]
        near = {
            word: sorted(others, key=lambda other: (-_likeness(word, other[0]), other))[:GUESSES]
            for word, others in vocabulary.near(unknown).items()
        }
        if len(near) < len(unknown) or not near:
            return ""
        every = [other for others in near.values() for other, _shown in others]
        spread = dict(
            zip(every, self._spread([normalise.variants(o, languages) for o in every]), strict=True)
        )
        best = {}
        for word, others in near.items():
            other, shown = min(others, key=lambda o: (-_likeness(word, o[0]), -spread[o[0]], o))
            if spread[other]:
                best[word] = shown
        return _put_right(text, best) if len(best) == len(unknown) else ""

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
            consultation=entry.consultation,
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
        self, match: str, select: str, request: SearchRequest | None = None
    ) -> tuple[str, list[Any]]:
        """The capped set of matches, under the filters of a request or under none."""
        conditions: list[str] = ["e.public"]
        parameters: list[Any] = [match]
        if request is not None:
            filters = {
                "e.kind": request.kind, "e.agency": request.agency, "e.language": request.language
            }  # fmt: skip
            for column, value in filters.items():
                if value:
                    conditions.append(f"{column} = %s")
                    parameters.append(value)
            if request.consultations is not None:
                theirs, values = request.consultations.order_by().values("pk").query.sql_with_params()
                conditions.append(f"e.consultation IN ({theirs})")
                parameters += values
        sql = f"SELECT {select} {self.matches()} AND {' AND '.join(conditions)} LIMIT {CAP}"
        return sql, parameters

    def _cells(self, match: str) -> Counter[Cell]:
        columns = ", ".join(Cell._fields)
        inner, parameters = self._matching(match, ", ".join(f"e.{name}" for name in Cell._fields))
        sql = f"SELECT {columns}, COUNT(*) FROM ({inner}) m GROUP BY {columns}"  # noqa: S608 - no values
        return Counter({Cell(*row[:-1]): row[-1] for row in _asked(sql, parameters)})

    def _total(self, match: str, request: SearchRequest) -> int:
        inner, parameters = self._matching(match, "e.id", request)
        return int(_asked(f"SELECT COUNT(*) FROM ({inner}) m", parameters)[0][0])  # noqa: S608 - no values

    def _page(self, match: str, request: SearchRequest) -> list[SearchEntry]:
        select = f"e.id, e.at, {self.rank_sql} AS place"
        inner, parameters = self._matching(match, select, request)
        sql = (
            f"WITH m AS MATERIALIZED ({inner}) SELECT id FROM m "  # noqa: S608 - no values
            "ORDER BY place, at DESC NULLS LAST, id LIMIT %s OFFSET %s"
        )
        keys = [row[0] for row in _asked(sql, [*parameters, request.limit, request.offset])]
        found = SearchEntry.objects.defer("vector").in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def _spread(self, words: Sequence[frozenset[str]], to: int = COUNT_TO) -> list[int]:
        """How many entries hold each word in one of its forms, counted up to a limit, in one query."""
        asked = [(at, forms) for at, forms in enumerate(words) if forms]
        found = [0] * len(words)
        if asked:
            inner = f"SELECT e.id {self.matches()} AND e.public LIMIT {to}"
            parts = [f"SELECT {at} AS at, COUNT(*) FROM ({inner}) m{at}" for at, _forms in asked]  # noqa: S608
            terms = [self.any_of(sorted(forms)) for _at, forms in asked]
            for at, number in _asked(" UNION ALL ".join(parts), terms):
                found[at] = number
        return found

    def _let_go(self, words: Iterable[str]) -> None:
        """Forgets those of the words that no entry holds any more."""
        left, languages = sorted(words), meant_in(SearchRequest(""))
        for begin in range(0, len(left), TOGETHER):
            some = left[begin : begin + TOGETHER]
            held = self._spread([normalise.variants(word, languages) for word in some], to=1)
            vocabulary.forget(word for word, number in zip(some, held, strict=True) if not number)

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


def _words(row: SearchEntry) -> dict[str, str]:
    """The words of an entry that are worth guessing; a title that belongs to another thing is not its own."""
    return vocabulary.words_of(f"{row.title if row.title_terms else ''}\n{row.body}")


def _likeness(word: str, other: str) -> float:
    """How like two words are, 0 to 1; a slip in the first letter is rare."""
    return SequenceMatcher(None, word, other).ratio() - (word[0] != other[0]) * 0.2


def _put_right(text: str, best: Mapping[str, str]) -> str:
    """The text with these folded words exchanged, all else as it was typed."""
    parts, at = [], 0
    for word in normalise.words(text):
        if word.folded in best:
            parts += [text[at : word.start], best[word.folded]]
            at = word.end
    return " ".join("".join([*parts, text[at:]]).split())
