"""`make messages`: the site's words in every language: gathers the sentences, then compiles the catalogues.

Gathering is done by xgettext and msgmerge (on Debian the package `gettext`); where they are missing only the compiling
is done. No guess is kept for a new sentence: it stands empty until somebody translates it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import django
import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.makemessages import Command

from scripts.venv import ROOT

LOCALE = ROOT / "portal" / "locale"
NOT_OURS = (".venv", "bench", "docs", "scripts", "tests", "var")
KEPT = ("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Language", "Plural-Forms")


def main() -> None:
    """`python -m scripts.messages`."""
    if shutil.which("xgettext") and shutil.which("msgmerge"):
        gather()
    else:
        print("xgettext and msgmerge are missing (apt install gettext): nothing new is gathered.")
    for path in catalogues():
        book = polib.pofile(str(path), wrapwidth=0)
        tidy(book, path.parent.parent.name)
        book.save()
        path.with_suffix(".mo").write_bytes(book.to_binary())
        print(
            f"{path.relative_to(ROOT)}: {len(book)} sentences, {len(book.untranslated_entries())} to translate"
        )


class Sentences(Command):
    """Django's own; what fields of the API say (`api/schema.py`); what is said at once beside lazy words (`_now`)."""

    xgettext_options = [
        *Command.xgettext_options,
        "--keyword=means:1",
        "--keyword=narrows:1",
        "--keyword=_now",
    ]


def gather() -> None:
    """Brings each catalogue up to the sentences of templates and code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    os.chdir(ROOT)
    django.setup()
    call_command(
        Sentences(),
        locale=[code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE],
        ignore_patterns=[f"{name}/*" for name in NOT_OURS],
        no_wrap=True,
        no_obsolete=True,
        add_location="file",
        verbosity=0,
    )


def tidy(book: polib.POFile, language: str) -> None:
    """Forgets guesses, dates and what nobody filled in."""
    book.metadata_is_fuzzy = False
    book.header = ""
    book.metadata = {name: value for name, value in book.metadata.items() if name in KEPT}
    book.metadata["Language"] = language
    for entry in book:
        entry.comment = ""
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
            entry.msgstr = ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")


def catalogues() -> list[Path]:
    """The catalogue of each language of `LANGUAGES` but English."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


if __name__ == "__main__":
    main()
