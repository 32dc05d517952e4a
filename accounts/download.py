"""What a person can take with them: each room says in its `own_data.py` which of its rows are whose, or why not.

    give("ideas.Idea", of="contribution__response__participant__person")
    give("outreach.Reader", of=readers_of, without=("code",))
    keep_back("moderation.Case.claimed_by", _("work of a moderator, not words of theirs"))

A test walks all models from Person downwards: a table or a column that nobody decided about fails it.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField, Model, QuerySet

from accounts.models import Person
from foundation import audit

Find = Callable[[Person], "QuerySet[Any]"]


@dataclass(frozen=True)
class Given:
    """Rows of one table that are a person's; `without` names columns that are not theirs or are secrets."""

    label: str
    of: str | Find
    without: tuple[str, ...]

    def rows(self, person: Person) -> "QuerySet[Any]":
        """Those of this person, oldest first."""
        if callable(self.of):
            return self.of(person).order_by("pk")
        return apps.get_model(self.label)._default_manager.filter(**{self.of: person.pk}).order_by("pk")


given: dict[str, Given] = {}
kept_back: dict[str, str] = {}


def give(label: str, *, of: str | Find, without: tuple[str, ...] = ()) -> None:
    """These rows belong into the download. `of` leads from a row to the person, or finds the rows."""
    if label in given:
        raise ValueError(f"{label} is given already")
    given[label] = Given(label, of, without)


def keep_back(column: str, why: str) -> None:
    """A column that points to a person and does not make the row theirs: `room.Model.field`, and the reason."""
    kept_back[column] = why


def everything_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Each table's rows of this person, by the table's name; empty tables are named too."""
    return {
        label: [_plain(row, each.without) for row in each.rows(person)]
        for label, each in sorted(given.items())
    }


def pack(person: Person, *, now: datetime) -> bytes:
    """A ZIP with `my-data.json` (UTF-8) and the papers that were attached, below `papers/`."""
    found = everything_of(person)
    told = {"made_at": now, "tables": found}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        words = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        folder.writestr("my-data.json", words)
        for name, content in _papers(person):
            folder.writestr(f"papers/{name}", content)
    audit.write("download own data", by=person.pk, thing=f"person:{person.pk}")
    return packed.getvalue()


def _plain(row: Model, without: tuple[str, ...]) -> dict[str, Any]:
    fields = (field for field in row._meta.concrete_fields if field.name not in without)
    return {
        field.name: str(value) if isinstance(field, FileField) else value
        for field in fields
        for value in [field.value_from_object(row)]
    }


def _papers(person: Person) -> Iterator[tuple[str, bytes]]:
    for label, each in sorted(given.items()):
        files = [f for f in apps.get_model(label)._meta.concrete_fields if isinstance(f, FileField)]
        for row in each.rows(person) if files else ():
            for field in files:
                paper = getattr(row, field.name)
                if field.name not in each.without and paper and paper.storage.exists(paper.name):
                    with paper.open("rb") as opened:
                        yield f"{row.pk}-{paper.name.rpartition('/')[2]}", opened.read()
