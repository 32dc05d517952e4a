"""What every import of another system's voices shares: its options, its archive, its bar, and no half of it kept."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import slugify

from consultations.management.progress import Progress, undone
from consultations.models import Contribution, Question
from consultations.services import BadRow, Incoming, TakenIn, prepare_archive, take_in
from foundation import clock, tables
from foundation.errors import PortalError


class ImportCommand(ABC, BaseCommand):
    """A command that takes voices in. Subclasses say in `bring_in` what is read, and from where.

    While it runs, `options` are its options and `now` is the moment it began.
    """

    language: ClassVar[str] = "en"
    options: dict[str, Any]
    now: datetime

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agency", default="", help="name of the agency; else named after the folder")
        parser.add_argument(
            "--title", default="", help="title of the consultation; else named after the folder"
        )
        parser.add_argument("--language", default=self.language)
        parser.add_argument("--encoding", default="utf-8")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        self.options, self.now = options, clock.now()
        try:
            with undone(options["dry_run"]):
                self.bring_in()
        except PortalError as error:
            raise CommandError(error.message) from error

    @abstractmethod
    def bring_in(self) -> None:
        """Reads, takes in, and says one line of result. PortalErrors end the command in their words."""

    def read(self, path: Path, needed: Sequence[str]) -> "Iterator[tables.Row | tables.Damaged]":
        """The rows of a file; raises BadInput when it cannot be read or lacks a column."""
        return tables.read(path, needed=list(needed), encoding=self.options["encoding"])

    def went_before(self, source: str, *, consultation: str = "") -> Question | None:
        """The question to which voices of this source went before, or nothing.

        Raises CommandError when --agency, --title, or the address of a consultation, name another place: ids of one
        source are taken in once, so those of another site would be taken for known.
        """
        said = Contribution.objects.filter(source=source, question__isnull=False).exclude(external_id="")
        first = said.select_related("question__consultation__agency").first()
        if first is None or first.question is None:
            return None
        there = first.question.consultation
        agency, title = self.options["agency"], self.options["title"]
        if (
            (agency and agency != there.agency.name and slugify(agency) != there.agency.slug)
            or (title and title[:255] != there.title)
            or (consultation and consultation != there.slug)
        ):
            raise CommandError(self.elsewhere(source, first.question))
        return first.question

    def elsewhere(self, source: str, question: Question) -> str:
        """What to do when a source may be taken for another."""
        there = question.consultation
        return (
            f"“{source}” came in before, for “{there.agency.name}” into “{there.title}” (address {there.slug}). "
            f"To go on there, pass these. If this is another site, rename its folder: the name tells sites apart."
        )

    def archive(
        self,
        folder: Path,
        *,
        source: str,
        instrument: str,
        opens_at: datetime,
        closes_at: datetime,
        prompt: str = "",
    ) -> Question:
        """The question below which the voices stand: where the source went before, or named by the options or folder."""
        before = self.went_before(source)
        if before is not None:
            return before
        name = folder.name.replace("_", " ").title()
        return prepare_archive(
            agency_name=self.options["agency"] or name,
            title=self.options["title"] or name,
            instrument=instrument,
            prompt=prompt or self.options["title"] or name,
            language=self.options["language"],
            opens_at=opens_at,
            closes_at=closes_at,
            now=self.now,
        )

    def take(
        self, question: Question, path: Path, rows: Iterator[Incoming | BadRow], *, source: str, **more: Any
    ) -> TakenIn:
        """Takes the rows of a file in, with a bar; bad rows are said by line. `more` goes to `take_in`."""
        progress = Progress(tables.size_of(path) - 1, path.name, self.stderr)  # type: ignore[arg-type]
        result = take_in(
            question.consultation,
            _counted(rows, progress),
            source=source,
            now=self.now,
            on_bad=progress.bad,
            **more,
        )
        progress.close()
        return result


def _counted(rows: Iterator[Incoming | BadRow], progress: Progress) -> Iterator[Incoming | BadRow]:
    for row in rows:
        progress.step()
        yield row
