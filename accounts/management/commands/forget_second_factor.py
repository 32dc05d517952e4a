"""`manage.py forget_second_factor NAME`: for an official who lost app, keys and recovery codes, and was seen in person."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Person
from accounts.services import forget_factors
from foundation import clock


class Command(BaseCommand):
    """Lets somebody start anew."""

    help = (
        "Forget an official's second factors and end their sessions; at the next sign-in a new one is set up."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("name", help="sign-in name; see the person before you do this")

    def handle(self, *args: Any, **options: Any) -> None:
        """Parse, forget, one line of result."""
        person = Person.objects.filter(username=options["name"], is_active=True).first()
        if person is None:
            raise CommandError(f"There is no account {options['name']}.")
        removed = forget_factors(person, by=None, now=clock.now())
        self.stdout.write(
            f"{options['name']}: {removed} second factors are gone, and all sessions have ended."
        )
