"""The index of words: FTS5 with its triggers on SQLite, GIN on PostgreSQL.

SQLite drops triggers with a table that it builds anew: a migration that alters search_searchentry ends with
`RunPython(make, drop)` of this one again, and with `manage.py reindex`.
"""

from django.db import migrations

TERMS = "title_terms, body_terms"
GONE = f"INSERT INTO search_terms(search_terms, rowid, {TERMS}) VALUES ('delete', old.id, old.title_terms, old.body_terms)"
CAME = f"INSERT INTO search_terms(rowid, {TERMS}) VALUES (new.id, new.title_terms, new.body_terms)"
SQLITE = [
    f"""CREATE VIRTUAL TABLE search_terms USING fts5({TERMS}, content='search_searchentry', content_rowid='id',
        tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'")""",
    f"CREATE TRIGGER search_terms_insert AFTER INSERT ON search_searchentry BEGIN {CAME}; END",
    f"CREATE TRIGGER search_terms_delete AFTER DELETE ON search_searchentry BEGIN {GONE}; END",
    f"CREATE TRIGGER search_terms_update AFTER UPDATE ON search_searchentry BEGIN {GONE}; {CAME}; END",
    "INSERT INTO search_terms(search_terms) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS search_terms_insert",
    "DROP TRIGGER IF EXISTS search_terms_delete",
    "DROP TRIGGER IF EXISTS search_terms_update",
    "DROP TABLE IF EXISTS search_terms",
]
POSTGRESQL = ["CREATE INDEX search_searchentry_vector ON search_searchentry USING gin (vector)"]
POSTGRESQL_BACK = ["DROP INDEX IF EXISTS search_searchentry_vector"]


def make(apps, schema_editor):
    drop(apps, schema_editor)
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [("search", "0001_what_can_be_found")]

    operations = [migrations.RunPython(make, drop, elidable=False)]
