"""What an engine of search takes and gives: one interface, whatever finds the words."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from consultations.models import Consultation
from foundation import normalise

LONGEST_QUERY = 200
MOST_WORDS = 12
LONGEST_BODY = 100_000
LONGEST_TITLE = 300


@dataclass(frozen=True)
class Entry:
    """Something that can be found. `source` and `key` name it; `language` is that of its words.

    `by_title` is False when the title is another thing's (an answer shows the title of its consultation).
    """

    source: str
    key: str
    language: str
    title: str
    body: str
    kind: str
    agency: str = ""
    consultation: int | None = None
    at: datetime | None = None
    by_title: bool = True
    public: bool = True


class Cell(NamedTuple):
    """What facets are counted by: the entries that have these four in common."""

    kind: str
    agency: str
    language: str
    consultation: int | None


@dataclass(frozen=True)
class SearchRequest:
    """What somebody looks for. Empty filters take everything; `languages` are those that words may be meant in.

    `topic` and `state` are those of the consultation that something belongs to. An engine does not read them: it is
    given `consultations`, those that have them (None: all, and what belongs to none).
    """

    text: str
    kind: str = ""
    agency: str = ""
    topic: str = ""
    language: str = ""
    state: str = ""
    consultations: "QuerySet[Consultation] | None" = None
    reader: str = "en"
    languages: tuple[str, ...] = ("en", "hi", "ar", "fr", "es")
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True)
class Hit:
    """Something found. `title` and `text` are plain; `marked_title` and `excerpt` are safe HTML with `<mark>`.

    `url` is empty as an engine gives it: `search.queries` asks the source for today's address.
    """

    source: str
    key: str
    language: str
    title: str
    text: str
    kind: str
    agency: str
    at: datetime | None
    url: str = ""
    marked_title: str = ""
    excerpt: str = ""


@dataclass(frozen=True)
class SearchResult:
    """What was found. `is_exact` is False where `total` and the facets were cut at a limit; then say "more than".

    `cells` count all that holds the words, under no filter; `search.facets` reads them. `asked` is False when there
    was no word to look for, `cut` True when some words were left out as too many. `meant` is what was perhaps meant
    where nothing was found: words that do find something, with `meant_filtered` under the same filters.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_exact: bool = True
    cells: "Counter[Cell]" = field(default_factory=Counter)
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    meant: str = ""
    meant_filtered: bool = False
    engine: str = ""
    degraded: bool = False
    asked: bool = True
    cut: bool = False


@dataclass(frozen=True)
class Alike:
    """Something like a given text; `likeness` (0 to 1) is the weight of the words that they share."""

    hit: Hit
    likeness: float


@dataclass(frozen=True)
class Wanted:
    """The words of a request: each must be there in one of its forms."""

    words: tuple[frozenset[str], ...]
    cut: bool = False

    @property
    def forms(self) -> frozenset[str]:
        """All forms of all words."""
        return frozenset().union(*self.words)


class Engine(ABC):
    """Base of every engine. Raises whatever its store raises: `search.queries` says it in words."""

    key: ClassVar[str]

    @abstractmethod
    def index(self, entries: Sequence[Entry], *, now: datetime) -> None:
        """Puts entries in, in the place of what stood there under the same source and key."""

    @abstractmethod
    def remove(self, source: str, keys: Iterable[str], *, thoroughly: bool = False) -> int:
        """Takes entries out; `thoroughly` also out of what the store keeps behind the scenes. Gives how many."""

    @abstractmethod
    def query(self, request: SearchRequest) -> SearchResult:
        """Finds what holds every word, the best first."""

    @abstractmethod
    def similar(self, text: str, *, language: str, kind: str = "", limit: int = 5) -> list[Alike]:
        """Finds what shares the rarest words of a text, the likest first."""

    @abstractmethod
    def meant(self, request: SearchRequest) -> str:
        """The words of a request with those that nothing holds put right from the index's own; "" for no idea."""


def wanted(request: SearchRequest) -> Wanted:
    """Reads a request as words. Signs and operators mean nothing; words without a subject count only alone."""
    found = dict.fromkeys(word.folded for word in normalise.words(request.text[:LONGEST_QUERY]))
    subject = [word for word in found if not _carries_nothing(word, request.reader)] or list(found)
    groups = dict.fromkeys(normalise.variants(word, meant_in(request)) for word in subject[:MOST_WORDS])
    cut = len(subject) > MOST_WORDS or len(request.text) > LONGEST_QUERY
    return Wanted(tuple(group for group in groups if group), cut)


def meant_in(request: SearchRequest) -> tuple[str, ...]:
    """The languages that its words may be in. They do not hang on the filter, so that facets count the same words."""
    return tuple(dict.fromkeys((*request.languages, request.reader, *dict(settings.LANGUAGES))))


def _carries_nothing(folded: str, reader: str) -> bool:
    return any(normalise.is_stop(folded, language) for language in (reader, "hi", "ar"))
