"""`manage.py import_survey FILE --text-column comment`: takes the free answers of a survey in, once each."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from consultations.management.importing import ImportCommand
from consultations.management.progress import in_a_line
from consultations.models import Consultation, Question
from consultations.services import BadRow, Incoming
from foundation import tables


class Command(ImportCommand):
    help = "Takes the free-text answers of a survey (CSV) in. Each bad row is reported by line; a second run adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--text-column", required=True)
        parser.add_argument("--id-column", default="", help="left out, the row's number is its id")
        parser.add_argument(
            "--consultation", default="", help="address of an existing consultation to take them into"
        )
        super().add_arguments(parser)

    def bring_in(self) -> None:
        path: Path = self.options["file"]
        text, id_ = self.options["text_column"], self.options["id_column"]
        rows = self.read(path, [text, *filter(None, [id_])])
        source = f"survey:{path.resolve().parent.name}/{path.name}"[:120]
        question = self._question(path, source)
        result = self.take(question, path, self._incoming(rows, question), source=source)
        self.stdout.write(in_a_line(path.name, result, self.options["dry_run"]))

    def _question(self, path: Path, source: str) -> Question:
        slug = self.options["consultation"]
        if not slug:
            return self.archive(
                path.resolve().parent,
                source=source,
                instrument="free_text",
                prompt=self.options["text_column"],
                opens_at=self.now - timedelta(days=30),
                closes_at=self.now - timedelta(minutes=1),
            )
        before = self.went_before(source, consultation=slug)
        if before is not None:
            return before
        asked = Question.objects.filter(instrument="free_text", retired_at__isnull=True)
        found = asked.filter(consultation__slug=slug).first()
        if found is None:
            known = ", ".join(Consultation.objects.values_list("slug", flat=True)[:20]) or "none"
            raise CommandError(f"No consultation “{slug}” with a free question. Known: {known}.")
        return found

    def _incoming(
        self, rows: "Iterator[tables.Row | tables.Damaged]", question: Question
    ) -> Iterator[Incoming | BadRow]:
        at = min(question.consultation.closes_at, self.now)
        text, id_ = self.options["text_column"], self.options["id_column"]
        for row in rows:
            if isinstance(row, tables.Damaged):
                yield BadRow(row.line, row.reason)
                continue
            yield Incoming(
                line=row.line,
                external_id=row.cells[id_].strip() if id_ else f"row-{row.line}",
                text=row.cells[text],
                at=at,
                question=question,
                language=self.options["language"],
            )
