"""`manage.py set_up [--admin NAME --address E-MAIL --password-env VARIABLE]`: readies a new site."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.services import Administrator, set_up
from foundation import clock
from foundation.errors import PortalError


class Command(BaseCommand):
    """Makes languages, opening pages, the workflow, drafts of standing pages and the first administrator."""

    help = "Ready a new site: languages, opening pages, workflow, first administrator. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who runs the platform first, and in which languages the site speaks."""
        parser.add_argument("--admin", default="", help="sign-in name of the first platform administrator")
        parser.add_argument("--address", default="", help="their e-mail address")
        parser.add_argument("--name", default="", help="their name, as colleagues know it")
        parser.add_argument(
            "--password-env", default="", help="name of the environment variable with their password"
        )
        parser.add_argument("--languages", default="", help="codes with commas between them; all without it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Parse, set up, say what was made."""
        languages = [code.strip() for code in options["languages"].split(",") if code.strip()]
        try:
            done = set_up(now=clock.now(), languages=languages, administrator=_administrator(options))
        except PortalError as refusal:
            raise CommandError(str(refusal)) from refusal
        said = [
            f"Languages: {', '.join(done.languages)}." if done.languages else "",
            f"The site stands at {done.address}." if done.address else "",
            f"Drafts that two people release: {', '.join(done.drafts)}." if done.drafts else "",
            f"{done.administrator} runs the platform." if done.administrator else "",
        ]
        for line in [line for line in said if line] or ["Everything was there already."]:
            self.stdout.write(line)


def _administrator(options: dict[str, Any]) -> Administrator | None:
    if not options["admin"]:
        return None
    if not options["address"]:
        raise CommandError("An administrator needs an address: add --address name@example.org.")
    variable = options["password_env"]
    if variable and not os.environ.get(variable):
        raise CommandError(f"The environment variable {variable} is empty. Put the password into it.")
    return Administrator(
        username=options["admin"],
        address=options["address"],
        password=os.environ[variable] if variable else None,
        name=options["name"],
    )
