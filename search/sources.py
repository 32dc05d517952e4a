"""Where what can be found comes from: each source is one file in `search/documents/`, found because it is there."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from foundation.registry import Registry
from search.engines import Entry

KINDS: dict[str, str | Promise] = {
    "consultation": _("Consultation"),
    "outcome": _("Outcome"),
    "idea": _("Idea"),
    "answer": _("Answer"),
    "comment": _("Comment"),
    "heard": _("Heard elsewhere"),
    "agency": _("Agency"),
    "page": _("Page"),
}
"""What a hit can be, in the words of readers and in the order of the filter."""


class Source(ABC):
    """Base of every source: what everybody may read at this moment, and nothing else."""

    key: ClassVar[str]

    @abstractmethod
    def keys(self, now: datetime) -> Iterable[str]:
        """The keys of everything that everybody may read now."""

    @abstractmethod
    def entries(self, now: datetime, keys: Collection[str] | None = None) -> Iterator[Entry]:
        """What everybody may read now, one by one; with `keys`, of these only."""

    @abstractmethod
    def still_public(self, keys: Collection[str], now: datetime, language: str) -> Mapping[str, str]:
        """Those of the keys that everybody may still read, each with its address for a reader of this language."""


sources: Registry[Source] = Registry("source")


def numbers(keys: Collection[str]) -> list[int]:
    """Keys of rows, as numbers."""
    return [int(key) for key in keys if key.isdigit()]


def plain(*parts: str) -> str:
    """Texts without their tags, one below the other."""
    spaced = (strip_tags(part.replace("<", " <").replace("&nbsp;", " ")) for part in parts if part)
    return "\n".join(" ".join(part.split()) for part in spaced if part.strip())
