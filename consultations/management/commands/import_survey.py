"""`manage.py import_survey FILE --text-column comment`: takes the free answers of a survey in, once each."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consultations.management.progress import Progress, in_a_line, undone
from consultations.models import Consultation, Question
from consultations.services import BadRow, Incoming, prepare_archive, take_in
from foundation import clock, tables
from foundation.errors import PortalError


class Command(BaseCommand):
    help = "Takes the free-text answers of a survey (CSV) in. Each bad row is reported by line; a second run adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--text-column", required=True)
        parser.add_argument("--id-column", default="", help="left out, the row's number is its id")
        parser.add_argument("--agency", default="", help="name of the agency; else named after the folder")
        parser.add_argument(
            "--title", default="", help="title of the consultation; else named after the folder"
        )
        parser.add_argument(
            "--consultation", default="", help="address of an existing consultation to take them into"
        )
        parser.add_argument("--language", default="en")
        parser.add_argument("--encoding", default="utf-8")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        with undone(options["dry_run"]):
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        now = clock.now()
        path: Path = options["file"]
        try:
            columns = [options["text_column"], *filter(None, [options["id_column"]])]
            rows = tables.read(path, needed=columns, encoding=options["encoding"])
            question = self._question(path, options, now)
            progress = Progress(tables.size_of(path) - 1, path.name, self.stderr)  # type: ignore[arg-type]
            result = take_in(
                question.consultation,
                self._incoming(rows, question, options, progress),
                source=f"survey:{path.resolve().parent.name}/{path.name}"[:120],
                now=now,
                on_bad=progress.bad,
                dry_run=options["dry_run"],
            )
            progress.close()
        except PortalError as error:
            raise CommandError(error.message) from error
        self.stdout.write(in_a_line(path.name, result, options["dry_run"]))

    def _question(self, path: Path, options: dict[str, Any], now: datetime) -> Question:
        if options["consultation"]:
            found = Question.objects.filter(
                consultation__slug=options["consultation"], instrument="free_text", retired_at__isnull=True
            ).first()
            if found is None:
                known = ", ".join(Consultation.objects.values_list("slug", flat=True)[:20]) or "none"
                raise CommandError(
                    f"No consultation “{options['consultation']}” with a free question. Known: {known}."
                )
            return found
        folder = path.resolve().parent.name.replace("_", " ").title()
        return prepare_archive(
            agency_name=options["agency"] or folder,
            title=options["title"] or folder,
            instrument="free_text",
            prompt=options["text_column"],
            language=options["language"],
            opens_at=now - timedelta(days=30),
            closes_at=now - timedelta(minutes=1),
            now=now,
        )

    def _incoming(
        self,
        rows: Iterator[tables.Row | tables.Damaged],
        question: Question,
        options: dict[str, Any],
        progress: Progress,
    ) -> Iterator[Incoming | BadRow]:
        at = min(question.consultation.closes_at, clock.now())
        for row in rows:
            progress.step()
            if isinstance(row, tables.Damaged):
                yield BadRow(row.line, row.reason)
                continue
            yield Incoming(
                line=row.line,
                external_id=row.cells[options["id_column"]].strip()
                if options["id_column"]
                else f"row-{row.line}",
                text=row.cells[options["text_column"]],
                at=at,
                question=question,
                language=options["language"],
            )
