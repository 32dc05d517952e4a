"""A site that was set up, and a living one."""

from datetime import timedelta

import pytest
from wagtail.models import Collection, Locale, Page, Site

from cms.models import HomePage
from cms.services import set_up
from consultations.models import Consultation
from consultations.services import roll_up
from consultations.services.vote import count_voices
from foundation import clock
from tests.factories import kept_rows
from tests.factories.consultations import (
    close,
    open_response,
    released_consultation,
    released_outcome,
    released_translation,
    theme,
)
from tests.people import person


def top_page():
    """Our opening page at the top, made anew where a test has emptied the database."""
    if Site.objects.filter(is_default_site=True).exists():
        return
    Locale.objects.get_or_create(language_code="en")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    root = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
    home = root.add_child(instance=HomePage(title="Samvad", slug="home", live=True))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)


@pytest.fixture
def site(db):
    """Languages, opening pages, the workflow."""
    top_page()
    return kept_rows.again("a site", lambda: set_up(now=clock.now()))


@pytest.fixture
def living(site):
    """Five open consultations, one of them in Hindi too, and two outcomes."""
    keys = kept_rows.again("a living site", lambda: [row.pk for row in _live()])
    rows = Consultation.objects.in_bulk(keys)
    return [rows[key] for key in keys]


def _live():
    rows = [
        released_consultation(
            title=title,
            closes=timedelta(days=days, hours=3),
            summary=f"{title} Three ways, and each has its price.",
        )
        for title, days in (
            ("When should the evening ferries run in winter?", 2),
            ("Shade, seats and water at 40 bus stops", 5),
            ("Rules for the new neighbourhood libraries", 9),
            ("How should we share canal water in a dry year?", 21),
            ("Opening hours for village clinics", 24),
        )
    ]
    released_translation(rows[0], "hi")
    for title, said in (
        ("Quieter nights near the goods yard", "Seven in ten wanted silence from 10 pm."),
        ("Shorter ways to school", "Most of you asked for a second bus."),
    ):
        row = released_consultation(title=title, summary="Which hours matter most to you?")
        voice = open_response(row, person("asha")).response.contributions.get()
        close(row)
        released_outcome(
            row,
            themes=[theme(voices=[voice])],
            said=said,
            decision="<p>Shunting now stops at 10 pm.</p><p>The wall is funded.</p>",
        )
    for somebody in ("asha", "ben"):
        open_response(rows[0], person(somebody))
    roll_up(clock.now())
    count_voices(clock.now())
    return rows


@pytest.fixture
def on_disk(settings, tmp_path):
    """Uploads stand in files, as where a site runs; in memory they have a path at which nothing is."""
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    settings.MEDIA_ROOT = str(tmp_path)
