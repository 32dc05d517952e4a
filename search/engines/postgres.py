"""Search on PostgreSQL: a `tsvector` with a GIN index, made of our own terms and not by the database's parser.

So what is one word does not hang on the cluster's locale: the same tests hold on both databases.
"""

from collections import defaultdict
from collections.abc import Sequence

from search.engines._tables import Tables

MOST_PLACES = 200
"""Places of one word that are kept; PostgreSQL itself keeps 255."""
LAST_PLACE = 16_383


class Postgres(Tables):
    """Ranks by `ts_rank`, a word of the title ten times a word of the body, divided by the text's length."""

    key = "postgres"
    rank_sql = "-ts_rank('{0.1, 0.1, 0.1, 1.0}', e.vector, a.q, 1)"

    def matches(self) -> str:
        return "FROM (SELECT %s::tsquery AS q) a, search_searchentry e WHERE e.vector @@ a.q"

    def all_of(self, words: Sequence[frozenset[str]]) -> str:
        return " & ".join(f"({self.any_of(sorted(forms))})" for forms in words)

    def any_of(self, terms: Sequence[str]) -> str:
        return " | ".join(f"'{term}'" for term in terms)

    def vector(self, title_terms: Sequence[str], body_terms: Sequence[str]) -> str:
        places: dict[str, list[str]] = defaultdict(list)
        for at, term in enumerate(title_terms, start=1):
            places[term].append(f"{at}A")
        for at, term in enumerate(body_terms, start=len(title_terms) + 2):
            if at <= LAST_PLACE and len(places[term]) < MOST_PLACES:
                places[term].append(str(at))
        return " ".join(f"'{term}':{','.join(at)}" if at else f"'{term}'" for term, at in places.items())
