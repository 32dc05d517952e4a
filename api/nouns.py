"""What can be asked for: each noun declares itself in one file of `api/endpoints/` and is found because it is there.

From the declaration come a list by pages, the whole of it as CSV and as NDJSON, one of it as JSON and as CSV, its
page of help and its part of the description.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from api import conf
from api.schema import Filters, Item
from foundation.errors import BadInput
from foundation.registry import Registry

Row = TypeVar("Row", bound=Model)
Shown = dict[str, Any]


class Noun(ABC, Generic[Row]):
    """Base of every noun.

    `key` names the list and `one` a single thing, in addresses and files. `by` are the fields that order the rows,
    "-" for descending, the last one unique: a page begins after the last row of the one before, so its cost does not
    grow, and new rows shift nothing.
    """

    key: ClassVar[str]
    one: ClassVar[str]
    words: ClassVar[Promise]
    about: ClassVar[Promise]
    item: ClassVar[type[Item]]
    whole: ClassVar[type[Item]]
    which: ClassVar[type[Filters]]
    by: ClassVar[tuple[str, ...]]

    @abstractmethod
    def rows(self, which: Any, now: datetime) -> "QuerySet[Row]":
        """What everybody may read now, narrowed, in no order."""

    @abstractmethod
    def shown(self, rows: Sequence[Row], language: str, now: datetime) -> Iterable[Shown]:
        """The rows as they are answered, in a number of queries that does not grow with them."""

    @abstractmethod
    def find(self, key: str, now: datetime) -> "QuerySet[Row]":
        """The row with this key, if everybody may read it now. Gives none for what is no key."""

    def detail(self, row: Row, language: str, now: datetime) -> Shown:
        """One of it with all that is told of it; the same as in the list, where there is no more."""
        (found,) = self.shown([row], language, now)
        return found

    def page(self, which: Any, now: datetime) -> list[Row]:
        """One more than a page, so that one sees whether there is another. Raises BadInput."""
        found = self.rows(which, now)
        if which.after is not None:
            last = self._ordered(self.anchor(which.after, now)).first()
            if last is None:
                raise BadInput(_("Nothing comes after this key: it is not one of the list."))
            found = self._beyond(found, last)
        return list(self._ordered(found)[: which.limit + 1])

    def all(self, which: Any, language: str, now: datetime) -> Iterator[Shown]:
        """All of it in the order of the list, read in steps."""
        last: Row | None = None
        while True:
            found = self.rows(which, now)
            step = list(self._ordered(found if last is None else self._beyond(found, last))[: conf.STEP])
            yield from self.shown(step, language, now)
            if len(step) < conf.STEP:
                return
            last = step[-1]

    def anchor(self, key: str, now: datetime) -> "QuerySet[Row]":
        """The row after which a page begins; it may have gone from the list since."""
        return self.find(key, now)

    def _ordered(self, rows: "QuerySet[Row]") -> "QuerySet[Row]":
        return rows.order_by(*self.by)

    def _beyond(self, rows: "QuerySet[Row]", last: Row) -> "QuerySet[Row]":
        beyond = Q()
        same: dict[str, Any] = {}
        for field in self.by:
            name, comes = field.removeprefix("-"), "lt" if field.startswith("-") else "gt"
            value = getattr(last, name)
            beyond |= Q(**{f"{name}__{comes}": value}, **same)
            same[name] = value
        return rows.filter(beyond)


nouns: "Registry[Noun[Any]]" = Registry("noun")


def names_of(noun: "Noun[Any]") -> Mapping[str, str]:
    """The names of its addresses."""
    return {
        "list": noun.key,
        "csv": f"{noun.key}_csv",
        "ndjson": f"{noun.key}_ndjson",
        "one": noun.one,
        "one_csv": f"{noun.one}_csv",
    }
