"""`manage.py run_due [--only NAME ...]`: does what is due now, once, as Celery beat does each minute."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import due


class Command(BaseCommand):
    help = (
        "Does everything that is due now. What fails stops nothing else, and is named at the end.\n\n"
        + "\n".join(f"  {act.key:<20}{act.words}" for act in due.ACTS)
    )

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only", nargs="+", choices=due.KEYS, default=due.KEYS, metavar="NAME", help="only these"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        failed = due.run(options["only"])
        if failed:
            raise CommandError(f"Failed, see the log: {', '.join(failed)}")
        self.stdout.write(f"Done: {', '.join(key for key in due.KEYS if key in options['only'])}")
