"""The tables of search: what can be found, with its words in their plainest form, and the words to guess from."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class TermsField(models.Field):
    """A `tsvector` on PostgreSQL, written as a literal that our own normaliser made; an empty text elsewhere."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        return "%s::tsvector" if connection.vendor == "postgresql" else "%s"


class SearchEntry(models.Model):
    """Something that everybody may read, by the source that it comes from and its key there.

    It is a copy: `search.services.reindex` makes all of it anew. Addresses are not kept here, they are asked at
    reading.
    """

    source = models.CharField(max_length=40)
    object_key = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)
    agency = models.CharField(max_length=60, blank=True)
    consultation = models.BigIntegerField(null=True, blank=True, help_text="Its key: this table is a copy")
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    public = models.BooleanField(default=True)
    at = models.DateTimeField(null=True, blank=True)
    title_terms = models.TextField(blank=True)
    body_terms = models.TextField(blank=True)
    vector = TermsField(null=True, editable=False)
    indexed_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [
            models.UniqueConstraint(fields=["source", "object_key"], name="found_once_from_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.object_key}"


class SearchWord(models.Model):
    """A word that stands in an entry, under each form that a slip of one letter leaves of it.

    The form with a letter missing is the same for a word and for its misspelling, so one equal key finds all that
    is one letter away, on both databases alike (Garbe's symmetric deletes, one deep). Words leave with the last entry
    that holds them.
    """

    key = models.CharField(max_length=24)
    word = models.CharField(max_length=24, db_index=True, help_text="Folded, as entries are compared")
    shown = models.CharField(max_length=48, help_text="As somebody wrote it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "word"], name="a_word_once_under_a_form")]

    def __str__(self) -> str:
        return self.shown
