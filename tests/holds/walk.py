"""Where `make looks` goes: every page and screen of the house, from the tests' own tables. Runs inside the product.

    told = full(folder)          # {"sessions": …, "places": [[name, who, {"en": path, …}], …], "forms": […]}

A row of `addresses.ROWS` that answers 200 is walked by the first who comes in, and by a citizen as well where it is about
one thing; the lists of `test_pages_in_a_browser` add the pages that editors write. What is no HTML is left out by the
walker, who sees it.
"""

import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from wagtail.models import Page

from cms.services import set_up
from foundation import clock
from tests.factories.consultations import opened_agency, released_translation
from tests.holds.addresses import ROWS, WHO, nothing
from tests.holds.living import ARABIC, Living, addresses, build, sessions
from tests.holds.sent import SENT
from tests.holds.test_pages_in_a_browser import ASKED, DESKS, LISTS, READ, REFUSED, SIGNED_IN, WRONG
from tests.people import OURS, everybody

Place = tuple[str, str, dict[str, str]]
"""A page's name, who opens it (nobody: ""), and its path by language; a language in which it does not stand is left out."""
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
KEPT = "living.pickle"


def full(folder: str) -> dict[str, Any]:
    """Builds the living site and says where everything in it stands; keeps it in the folder for `filled`."""
    here = build()
    for asked in (here.upcoming, here.closed, here.answered):
        for language, words in (("hi", {}), ("ar", ARABIC)):
            released_translation(asked, language, words)
    found = list(_once([*_rows(here), *_listed(here)]))
    (Path(folder) / KEPT).write_bytes(pickle.dumps(here))
    wrong = [[what, who, _spoken(_path(here, name)), typed] for what, (who, name, typed) in WRONG.items()]
    sent = [[name, WHO[one.may[0]]] for name, one in SENT.items() if one.may]
    return {"sessions": sessions(here.people), "places": found, "wrong": wrong, "sent": sent}


def bare() -> dict[str, Any]:
    """A site with an agency and its people, and nothing said: where its lists and desks stand."""
    set_up(now=clock.now())
    people = everybody(opened_agency(OURS, languages=LANGUAGES))
    rows: list[Place] = []
    for name, (row, places) in ROWS.items():
        who = next((who for who in WHO if row[who] == 200), None)
        if who is not None and places is nothing:
            rows.append((name, WHO[who], _reversed(name, {})))
    lists: list[Place] = [(name, "", _spoken(name)) for name in LISTS]
    return {"sessions": sessions(people), "places": list(_once([*rows, *lists]))}


def filled(folder: str, name: str) -> dict[str, Any]:
    """Brings about the moment in which a form can be sent; its address by language, and what fills it."""
    here: Living = pickle.loads((Path(folder) / KEPT).read_bytes())
    sent = SENT[name]
    if sent.before:
        sent.before(here)
    words = {
        field: value if isinstance(value, list) else [value] for field, value in sent.words(here).items()
    }
    texts = {field: [str(value) for value in values] for field, values in words.items()}
    return {"to": _reversed(name, sent.place(name, here)), "words": texts}


def _rows(here: Living) -> Iterator[Place]:
    """The table of addresses; a row that nobody may open by GET is a form on another page."""
    for name, (row, places) in ROWS.items():
        first = next((who for who in WHO if row[who] == 200), None)
        if first is None:
            continue
        paths = _reversed(name, places(here))
        yield name, WHO[first], paths
        if first == "anonymous" and row["citizen"] == 200 and places is not nothing:
            yield name, WHO["citizen"], paths


def _listed(here: Living) -> Iterator[Place]:
    """What the tests in a browser open besides."""
    named = [(name, "") for name in (*READ, *ASKED)] + [(name, "chitra") for name in SIGNED_IN]
    named += [(name, who) for who, name, _status in REFUSED]
    named += [(name, who) for who, names in DESKS.items() for name in names]
    for name, who in named:
        yield name, who, _spoken(_path(here, name))


def _path(here: Living, name: str) -> str:
    return name if name.startswith("/") else addresses(here)[name]


def _reversed(name: str, places: dict[str, Any]) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = reverse(name, kwargs=places)
    return found


def _spoken(path: str) -> dict[str, str]:
    """The same page in each language; what an editor writes is left out where nobody has written it."""
    start = path.split("/")[1]
    if start not in LANGUAGES:
        return dict.fromkeys(LANGUAGES, path)
    bare_path = path.partition("?")[0]
    try:
        written = resolve(bare_path).url_name == "wagtail_serve"
    except Resolver404:
        written = False
    page = _page(bare_path) if written else None
    if page is None:
        return {language: f"/{language}{path[len(start) + 1 :]}" for language in LANGUAGES}
    pages = page.get_translations(inclusive=True).live().specific().select_related("locale")
    return {each.locale.language_code: each.get_url() for each in pages}


def _page(path: str) -> Page | None:
    """The page that an editor wrote for this path, if any."""
    return next((page for page in Page.objects.live().specific() if page.get_url() == path), None)


def _once(places: Iterable[Place]) -> Iterator[Place]:
    """Each address once for each reader."""
    seen: set[tuple[str, str]] = set()
    for name, who, paths in places:
        new = {language: path for language, path in paths.items() if (who, f"{language} {path}") not in seen}
        seen |= {(who, f"{language} {path}") for language, path in paths.items()}
        if new:
            yield name, who, new
