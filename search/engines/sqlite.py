"""Search on SQLite: FTS5 over the plain terms, kept in step by triggers (migration 0002)."""

from collections.abc import Sequence

from django.db import connection

from search.engines._tables import Tables


class SQLite(Tables):
    """Ranks by bm25, a word of the title six times a word of the body."""

    key = "sqlite"
    rank_sql = "bm25(search_terms, 6.0, 1.0)"

    def matches(self) -> str:
        return "FROM search_terms JOIN search_searchentry e ON e.id = search_terms.rowid WHERE search_terms MATCH %s"

    def all_of(self, words: Sequence[frozenset[str]]) -> str:
        return " AND ".join(f"({self.any_of(sorted(forms))})" for forms in words)

    def any_of(self, terms: Sequence[str]) -> str:
        return " OR ".join(f'"{term}"' for term in terms)

    def forget(self) -> None:
        """Merges the index into one piece: until then FTS5 keeps the words of removed rows."""
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_terms(search_terms) VALUES ('optimize')")
