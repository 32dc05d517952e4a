"""`manage.py appoint NAME ROLE [--agency SLUG]`: the first platform administrator, before anybody can appoint."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Agency, Person
from accounts.roles import Role
from accounts.services import appoint
from accounts.services.people import find_contact_point
from foundation import clock
from foundation.errors import PortalError


class Command(BaseCommand):
    """Gives somebody a role."""

    help = "Give a person, by sign-in name or e-mail address, a role for an agency or at the centre."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, what, for whom."""
        parser.add_argument("who", help="sign-in name or e-mail address of an existing account")
        parser.add_argument("role", choices=[role.value for role in Role])
        parser.add_argument(
            "--agency", default="", help="the agency's slug; left out for a role at the centre"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Parse, appoint, one line of result."""
        try:
            person = _person(options["who"])
            agency = _agency(options["agency"]) if options["agency"] else None
            held = appoint(person, agency=agency, role=options["role"], by=None, now=clock.now())
        except PortalError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['who']}: {held.role} for {agency.slug if agency else 'the centre'}")


def _person(who: str) -> Person:
    point = find_contact_point(who) if "@" in who else None
    found = point.person if point else Person.objects.filter(username=who).first()
    if found is None:
        raise CommandError(f"There is no account {who}. Sign in once, or run createsuperuser.")
    return found


def _agency(slug: str) -> Agency:
    found = Agency.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no agency {slug}.")
    return found
