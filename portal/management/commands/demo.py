"""`manage.py demo`: a small living site of an invented region, for looking and trying out."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from cms.services import set_up
from foundation import clock
from portal.demo.build import STEPS, build, is_empty, stands
from portal.demo.people import OFFICIALS, PASSWORD, address
from portal.demo.secret import TOTP_SECRET

ROLES = ("esha", "anil", "mohan", "lata", "priya", "kiran", "dev", "pavan", "omana", "noor")


class Command(BaseCommand):
    help = "Fills an empty database with the invented region of Nadipur; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--yes-this-is-a-demo",
            action="store_true",
            help="also with other settings than those of a developer's machine: everybody can know its passwords",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        module = os.environ.get("DJANGO_SETTINGS_MODULE", "")
        if module != "portal.settings.dev" and not options["yes_this_is_a_demo"]:
            raise CommandError(
                "This makes accounts whose passwords everybody can read. On a machine that is not a developer's, say "
                "--yes-this-is-a-demo."
            )
        if not stands():
            if not is_empty():
                raise CommandError(
                    "This database holds something else, and the demo does not mix with it. Start with an empty one: "
                    "DATA_DIR=/tmp/samvad-demo make demo"
                )
            with tqdm(
                total=STEPS, desc="Nadipur", unit="", file=sys.stderr, disable=None, leave=False
            ) as bar:
                build(now=clock.now(), step=lambda words: _tell(bar, words))
        set_up(now=clock.now(), languages=["en", "hi", "ar"])
        self.stdout.write(_welcome())


def _tell(bar: Any, words: str) -> None:
    bar.set_postfix_str(words[:40], refresh=False)
    bar.update(1)


def _second_factor() -> str:
    key = f"everybody's key for an authenticator app is\n  {TOTP_SECRET}"
    if getattr(settings, "DEMO_TOTP_SECRET", ""):
        return f"The page shows the code of the moment; {key}"
    return f"As on a real site no page shows the code; {key}"


def _welcome() -> str:
    here = settings.PUBLIC_URL
    people = {official.key: official for official in OFFICIALS}
    desk = "\n".join(f"  {key:<7}{people[key].role.label:<24}{people[key].name}" for key in ROLES)
    return f"""
Nadipur stands at {here}/

Officials sign in at {here}/admin/ with a name and the password {PASSWORD}
{desk}
Then a second factor is asked for. {_second_factor()}

Citizens sign in by a code: write {address("leela")} (or any address) at {here}/en/account/sign-in/
and read the code at {here}/mailbox/

Five things to try
  1. Answer a consultation, in English or Hindi:            {here}/en/consultations/
  2. Propose an idea, support one, disagree with one:       {here}/en/ideas/
  3. As mohan, decide what waits and what a check held:     {here}/admin/moderation/
  4. As anil, approve a page and a post that others wrote:  {here}/admin/
  5. As leela, see what became of her words on the canal:   {here}/en/account/
"""
