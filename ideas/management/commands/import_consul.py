"""`manage.py import_consul DIR`: takes the proposals and comments of a CONSUL site in, once each."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from consultations.management.importing import ImportCommand
from consultations.management.progress import in_a_line
from consultations.models import Contribution, Question
from consultations.services import NOT_IN_SOURCE, BadRow, Incoming, TakenIn, count_voices, problem_of
from foundation import clock, tables
from ideas.models import Idea
from ideas.services import adopt, title_of

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
        self.source = f"consul:{folder.name}"[:120]
        self.places: set[str] = set()
        self.waiting: dict[str, list[int]] = {}
        ideas_file, comments_file = folder / "proposals.csv", folder / "comments.csv"
        proposals, comments = self.read(ideas_file, PROPOSALS), self.read(comments_file, COMMENTS)
        question = self.archive(
            folder, source=self.source, instrument="ideas", opens_at=EARLIEST, closes_at=self.now
        )
        self._ask_whose(ideas_file, question)
        found = self._proposals(proposals, question)
        first = self.take(question, ideas_file, found, source=self.source, on_new=adopt)
        self.known = set(first.new) | self._known("proposal:")
        second = self.take(question, comments_file, self._comments(comments), source=self.source)
        count_voices(self.now)
        self.stdout.write(self._summary(folder.name, first, second))

    def _summary(self, name: str, ideas: TakenIn, comments: TakenIn) -> str:
        """One line in which new, known before and refused are together the rows of both files."""
        kept = len(self.places & comments.new.keys())
        comments_new = comments.accepted - kept
        more = [f"new are {ideas.accepted} ideas and {comments_new} comments"]
        if waiting := sum(len(lines) for lines in self.waiting.values()):
            more.append(f"of those refused, comments that wait for their proposal: {waiting}")
        more.append(f"{kept} places kept for removed comments that others answer")
        total = TakenIn(
            accepted=ideas.accepted + comments_new,
            repeated=ideas.repeated + comments.repeated - (len(self.places) - kept),
            refused=ideas.refused + comments.refused,
        )
        return in_a_line(name, total, self.options["dry_run"], *more)

    def _ask_whose(self, path: Path, question: Question) -> None:
        """Raises CommandError when ids of the file came in before and not one of their titles, unless told whose."""
        if self.options["agency"] and self.options["title"]:
            return
        ideas = Idea.objects.filter(contribution__source=self.source)
        before = dict(ideas.values_list("contribution__external_id", "title"))
        if not before:
            return
        rows = self._proposals(self.read(path, PROPOSALS), question)
        same = [
            before[row.external_id] == title_of(row)
            for row in rows
            if isinstance(row, Incoming) and row.external_id in before
        ]
        if same and not any(same):
            raise CommandError(
                f"No proposal has the title with which it came in before. {self.elsewhere(self.source, question)}"
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
        seen = self._known("comment:")
        for row in rows:
            comment = self._comment(row)
            if isinstance(comment, BadRow):
                yield comment
            elif comment.parent_id in seen or comment.parent_id in self.known:
                yield from self._with_replies(comment, waiting, seen)
            elif comment.parent_id.startswith("proposal:"):
                self._wait_for(comment.parent_id, [comment], {})
            else:
                waiting.setdefault(comment.parent_id, []).append(comment)
        while waiting:
            held = {comment.external_id for replies in waiting.values() for comment in replies}
            missing = [parent for parent in waiting if parent not in held]
            for parent in missing:
                yield from self._orphans(parent, waiting, seen)
            if not missing:
                yield self._out_of_a_circle(waiting)
        for proposal, lines in self.waiting.items():
            wait = "1 comment waits" if len(lines) == 1 else f"{len(lines)} comments wait"
            yield BadRow(
                min(lines),
                f"the {proposal.replace(':', ' ')} is not there: {wait} for it, to come in when its row is mended "
                f"and the import is run again",
                rows=len(lines),
            )

    def _wait_for(self, proposal: str, comments: list[Incoming], waiting: dict[str, list[Incoming]]) -> None:
        """Notes comments, and all that replies to them, as waiting for a proposal that is not there."""
        stack = list(comments)
        while stack:
            found = stack.pop()
            self.waiting.setdefault(proposal, []).append(found.line)
            stack.extend(waiting.pop(found.external_id, []))

    def _out_of_a_circle(self, waiting: dict[str, list[Incoming]]) -> BadRow:
        """Takes one comment out of those that reply to one another in a circle, when nothing else waits."""
        by_id = {comment.external_id: comment for replies in waiting.values() for comment in replies}
        comment = next(iter(by_id.values()))
        met: set[str] = set()
        while comment.external_id not in met:
            met.add(comment.external_id)
            comment = by_id[comment.parent_id]
        replies = waiting[comment.parent_id]
        replies.remove(comment)
        if not replies:
            del waiting[comment.parent_id]
        return BadRow(comment.line, f"{comment.external_id.replace(':', ' ')} replies to itself")

    def _comment(self, row: tables.Row | tables.Damaged) -> Incoming | BadRow:
        if isinstance(row, tables.Damaged):
            return BadRow(row.line, row.reason)
        cells = row.cells
        try:
            parent = f"comment:{whole(cells['parent_id'])}" if cells["parent_id"].strip() else ""
            comment = Incoming(
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
            return problem_of(comment) or comment
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
        root = next((reply.title for reply in replies if reply.title in self.known), "")
        if not root:
            self._wait_for(replies[0].title, replies, waiting)
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
            reason=NOT_IN_SOURCE,
        )
        self.places.add(parent)
        yield placeholder
        seen.add(parent)
        for reply in replies:
            yield from self._with_replies(reply, waiting, seen)
