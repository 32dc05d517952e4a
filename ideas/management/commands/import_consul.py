"""`manage.py import_consul DIR`: takes the proposals and comments of a CONSUL site in, once each."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.core.management.base import CommandParser

from consultations.management.importing import ImportCommand
from consultations.management.progress import in_a_line
from consultations.models import Contribution, Question
from consultations.services import BadRow, Incoming, count_voices
from foundation import clock, tables
from ideas.services import adopt

PROPOSALS = ["id", "title", "date", "summary", "text", "num_supports"]
COMMENTS = ["id", "parent_id", "proposal_id", "date", "time", "text", "votes_up", "votes_down"]
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def moment(day: str, time: str = "") -> datetime:
    """A date and time of the file; raises ValueError, also for what no site can have seen."""
    try:
        found = datetime.fromisoformat(f"{day.strip()}T{time.strip() or '00:00:00'}").replace(tzinfo=UTC)
    except ValueError as error:
        raise ValueError(f"the date {day[:20]} {time[:20]} cannot be read") from error
    if not EARLIEST <= found <= clock.now():
        raise ValueError(f"the date {day} is out of range")
    return found


def count(cell: str) -> int:
    """A number of foreign votes; raises ValueError for anything else."""
    number = whole(cell or "0")
    if not 0 <= number < 2**31:
        raise ValueError(f"the number {cell[:20]} is out of range")
    return number


def whole(cell: str) -> int:
    """A whole number of the file; raises ValueError in words for anything else."""
    if not cell.strip().isascii() or not cell.strip().isdigit():
        raise ValueError(f"“{cell[:20]}” is not a whole number")
    return int(cell)


class Command(ImportCommand):
    help = "Takes a CONSUL export in. Bad rows are reported by line; a second run adds nothing."
    language = "es"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        super().add_arguments(parser)

    def bring_in(self) -> None:
        folder: Path = self.options["folder"].resolve()
        self.places, self.source = 0, f"consul:{folder.name}"[:120]
        ideas_file, comments_file = folder / "proposals.csv", folder / "comments.csv"
        proposals, comments = self.read(ideas_file, PROPOSALS), self.read(comments_file, COMMENTS)
        question = self.archive(folder, instrument="ideas", opens_at=EARLIEST, closes_at=self.now)
        found = self._proposals(proposals, question)
        first = self.take(question, ideas_file, found, source=self.source, on_new=adopt)
        self.known = set(first.new) | self._known("proposal:")
        second = self.take(question, comments_file, self._comments(comments), source=self.source)
        second.accepted -= self.places
        count_voices(self.now)
        self.stdout.write(in_a_line("proposals.csv", first, self.options["dry_run"]))
        self.stdout.write(in_a_line("comments.csv", second, self.options["dry_run"]))
        self.stdout.write(
            f"{folder.name}: {first.accepted} ideas and {second.accepted} comments taken in; "
            f"{self.places} places kept for removed comments that others answer"
        )

    def _known(self, prefix: str) -> set[str]:
        found = Contribution.objects.filter(source=self.source, external_id__startswith=prefix)
        return set(found.values_list("external_id", flat=True))

    def _proposals(
        self, rows: Iterator[tables.Row | tables.Damaged], question: Question
    ) -> Iterator[Incoming | BadRow]:
        for row in rows:
            if isinstance(row, tables.Damaged):
                yield BadRow(row.line, row.reason)
                continue
            cells = row.cells
            try:
                yield Incoming(
                    line=row.line,
                    external_id=f"proposal:{whole(cells['id'])}",
                    title=cells["title"].strip()[:200],
                    text="\n\n".join(filter(None, [cells["summary"].strip(), cells["text"].strip()]))
                    or cells["title"],
                    at=moment(cells["date"]),
                    kind=Contribution.Kind.IDEA,
                    question=question,
                    language=self.options["language"],
                    counts={"supports": count(cells["num_supports"])},
                )
            except ValueError as error:
                yield BadRow(row.line, str(error))

    def _comments(self, rows: Iterator[tables.Row | tables.Damaged]) -> Iterator[Incoming | BadRow]:
        """Comments with parents before children; replies to what is gone hang under a placeholder."""
        waiting: dict[str, list[Incoming]] = {}
        seen = self._known("comment:") | self._known("removed:")
        for row in rows:
            comment = self._comment(row)
            if isinstance(comment, BadRow):
                yield comment
            elif comment.parent_id in seen or comment.parent_id in self.known:
                yield from self._with_replies(comment, waiting, seen)
            elif comment.parent_id.startswith("proposal:"):
                yield BadRow(
                    comment.line, f"the {comment.parent_id.replace(':', ' ')} of this comment is not there"
                )
            else:
                waiting.setdefault(comment.parent_id, []).append(comment)
        for parent in [
            key for key in waiting if not any(c.external_id == key for held in waiting.values() for c in held)
        ]:
            yield from self._orphans(parent, waiting, seen)

    def _comment(self, row: tables.Row | tables.Damaged) -> Incoming | BadRow:
        if isinstance(row, tables.Damaged):
            return BadRow(row.line, row.reason)
        cells = row.cells
        try:
            parent = f"comment:{whole(cells['parent_id'])}" if cells["parent_id"].strip() else ""
            return Incoming(
                line=row.line,
                external_id=f"comment:{whole(cells['id'])}",
                text=cells["text"],
                at=moment(cells["date"], cells["time"]),
                kind=Contribution.Kind.COMMENT,
                parent_id=parent or f"proposal:{whole(cells['proposal_id'])}",
                language=self.options["language"],
                state="" if cells["text"].strip() else Contribution.State.REMOVED,
                reason="" if cells["text"].strip() else "empty_in_source",
                counts={"up": count(cells["votes_up"]), "down": count(cells["votes_down"])},
                title=f"proposal:{whole(cells['proposal_id'])}",
            )
        except ValueError as error:
            return BadRow(row.line, str(error))

    def _with_replies(
        self, comment: Incoming, waiting: dict[str, list[Incoming]], seen: set[str]
    ) -> Iterator[Incoming]:
        stack = [comment]
        while stack:
            found = stack.pop()
            seen.add(found.external_id)
            yield found
            stack.extend(reversed(waiting.pop(found.external_id, [])))

    def _orphans(
        self, parent: str, waiting: dict[str, list[Incoming]], seen: set[str]
    ) -> Iterator[Incoming | BadRow]:
        replies = waiting.pop(parent)
        root = replies[0].title
        if root not in self.known:
            for reply in replies:
                yield BadRow(reply.line, f"the {root.replace(':', ' ')} of this comment is not there")
            return
        placeholder = Incoming(
            line=replies[0].line,
            external_id=parent,
            text="",
            at=min(reply.at for reply in replies),
            kind=Contribution.Kind.COMMENT,
            parent_id=root,
            language=self.options["language"],
            state=Contribution.State.REMOVED,
            reason="not_in_source",
        )
        if parent not in seen:
            self.places += 1
            yield placeholder
        seen.add(parent)
        for reply in replies:
            yield from self._with_replies(reply, waiting, seen)
