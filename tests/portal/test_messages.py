"""The site speaks each of its languages: every sentence has its words, and they have the same places to fill."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import template

from tests.architecture.house import ROOMS, sources, templates

OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
SAYS = {"gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
OF_FIELDS = {"means", "narrows"}
"""How the fields of the API say what they are (`api/schema.py`)."""
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
IN_TEMPLATE = re.compile(rf"\b(?:gettext|ngettext|_)\(\s*({LITERAL})")
PLACE = re.compile(r"%\(\w+\)[a-z]|%%|%[sd]|\{\w*\}|</?\w+[^>]*>")
STAFF = re.compile(
    r"analysis/|cms/(blocks|models/)|foundation/templates/|\w+/(viewsets|waits|wagtail_hooks)\.py"
    r"|\w+/templates/\w+/(admin|desk)/|\w+/views/(desk\w*|bulk|ombuds|danger|approve)\.py"
    r"|notifications/letters/(outreach/|appeal_waits|approval_decided|approval_waits|danger)"
    r"|outreach/(advice\.py|services/(accounts|approve|edit|health|send|settle|switches)\.py)"
)
"""Where only officials read: what stands nowhere else may wait for its words."""


@cache
def catalogue(language: str) -> polib.POFile:
    """What translators wrote."""
    return polib.pofile(str(path_of(language)))


def path_of(language: str) -> Path:
    """The file of a language."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def sentences() -> Iterator[str]:
    """What templates and code give to gettext, as it stands there."""
    for room in ROOMS:
        for path in templates(room):
            for found in IN_TEMPLATE.findall(template.templatize(path.read_text(), origin=str(path))):
                yield ast.literal_eval(found)
        for path in sources(room):
            text = path.read_text()
            if "gettext" in text or "api.schema" in text or path.match("api/schema.py"):
                yield from said(ast.parse(text))


def said(tree: ast.Module) -> Iterator[str]:
    """The first words of each call by which a module says something."""
    names = set(OF_FIELDS)
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {alias.asname or alias.name for alias in node.names if alias.name in SAYS}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                yield first.value


def places(words: str) -> list[str]:
    """What is filled in, and the marks of HTML."""
    return sorted(PLACE.findall(words))


def wrong_places(entry: polib.POEntry) -> bool:
    """A form that stands for one number alone may leave the number out, as in "within an hour"; the last may not."""
    if not entry.msgid_plural:
        return places(entry.msgid) != places(entry.msgstr)
    due, last = set(places(entry.msgid_plural)), max(entry.msgstr_plural)
    for form, words in entry.msgstr_plural.items():
        has = set(places(words))
        left_out = due - has
        if (
            has - due
            or len(left_out) > (form != last)
            or any(not place.startswith("%(") for place in left_out)
        ):
            return True
    return False


def test_every_sentence_stands_in_the_catalogues():
    """`make messages` brings it there."""
    found = set(sentences())
    assert len(found) > 1500
    for language in OTHERS:
        assert found - {entry.msgid for entry in catalogue(language)} == set(), language


@pytest.mark.parametrize("language", OTHERS)
def test_whatever_a_citizen_reads_has_its_words(language: str):
    lacking = [
        entry.msgid
        for entry in catalogue(language)
        if (entry.fuzzy or not entry.translated())
        and not all(STAFF.match(where) for where, _line in entry.occurrences)
    ]
    assert lacking == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_words_have_the_same_places_to_fill(language: str):
    assert [entry.msgid for entry in catalogue(language) if entry.translated() and wrong_places(entry)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_read_is_what_was_written(language: str):
    """The compiled file is the one of these words; `make messages` makes it."""
    assert path_of(language).with_suffix(".mo").read_bytes() == catalogue(language).to_binary()


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("hi", {1: "1 दिन बाकी", 2: "2 दिन बाकी"}),
        ("ar", {1: "بقي يوم واحد", 2: "بقي يومان", 3: "بقيت 3 أيام", 11: "بقي 11 يومًا", 100: "بقي 100 يوم"}),
    ],
)
def test_a_number_takes_the_form_of_its_language(language: str, forms: dict[int, str]):
    with translation.override(language):
        for number, words in forms.items():
            found: Any = translation.ngettext("%(days)d day left", "%(days)d days left", number)
            assert found % {"days": number} == words
