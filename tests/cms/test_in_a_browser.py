"""The opening page and a standing page in a real browser: readable by everybody, light, from nobody else."""

import os
from pathlib import Path

import pytest

from cms.models import HomePage, StandardPage
from tests.cms.test_blocks import video
from tests.cms.test_pages import below
from tests.factories.consultations import topic
from tests.servers.browser import assert_for_everybody, weigh
from tests.servers.fixtures import window

__all__ = ["window"]
pytestmark = [pytest.mark.journey, pytest.mark.one_engine, pytest.mark.django_db(transaction=True)]


def seen(page, name):
    """Keeps a picture where SHOTS names a folder, for whoever works on the look."""
    if os.environ.get("SHOTS"):
        page.screenshot(path=str(Path(os.environ["SHOTS"]) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("filled", [True, False])
def test_the_opening_page_can_be_read_by_everybody(window, live_server, filled, request):
    request.getfixturevalue("living" if filled else "site")
    for language in ("en", "hi", "ar"):
        page = window.page()
        page.goto(f"{live_server.url}/{language}/")
        for width in (320, 768, 1280) if language == "en" else (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            seen(page, f"home-{language}-{width}-{'filled' if filled else 'empty'}")
            assert_for_everybody(page, live_server.url)
        page.context.close()
    assert weigh(window, f"{live_server.url}/en/").requests <= 8


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_standing_page_can_be_read_by_everybody(window, live_server, living, on_disk):
    page = StandardPage(title="How we answer", slug="how", introduction="In plain words.")
    page.body = [
        ("heading", {"text": "First", "level": "2"}),
        ("paragraph", "<p>With care.</p><ul><li>One</li><li>Two</li></ul>"),
        ("quote", {"text": "It was worth it.", "who": "A reader"}),
        ("video", video()),
        ("list", {"heading": "Open now", "what": "consultations.open", "most": 4}),
        ("elsewhere", {"url": "https://tube.example/w/1", "title": "The opening", "poster": None}),
    ]
    below(HomePage.objects.get(locale__language_code="en"), page)
    for width in (320, 1280):
        seen_page = window.page(width=width, js=False)
        seen_page.goto(f"{live_server.url}/en/how/")
        seen(seen_page, f"standing-{width}")
        assert_for_everybody(seen_page, live_server.url)


@pytest.mark.parametrize("address", ["/en/topics/", "/ar/topics/water/", "/hi/you-said-we-did/"])
def test_pages_that_nobody_writes_can_be_read_by_everybody(window, live_server, living, address):
    about = topic("water", hi="पानी")
    for row in living:
        row.about.create(topic=about)
    page = window.page()
    page.goto(f"{live_server.url}{address}")
    for width, mode in ((320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=mode)
        assert_for_everybody(page, live_server.url)
    page.context.close()
    assert weigh(window, f"{live_server.url}{address}").requests <= 8
