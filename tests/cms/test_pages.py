"""Standing pages and news: released by two people, plain, and in the foot when they are meant for it."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image as Picture
from wagtail.images.models import Image

from cms.blocks import PictureBlock
from cms.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from foundation.errors import NotAllowed
from tests.factories.consultations import approve_and_publish
from tests.people import person


def home(language="en"):
    return HomePage.objects.get(locale__language_code=language)


def below(parent, page, *, released=True):
    """The page as a platform administrator wrote it, and as a second one released it."""
    page.locale, page.live = parent.locale, False
    parent.add_child(instance=page)
    page.save_revision(user=person("pavan"))
    if released:
        approve_and_publish(page, editor=person("pavan"), approver=person("omana"))
    return page


def test_a_page_that_nobody_approved_is_not_there_even_when_it_is_live(site):
    page = below(home(), StandardPage(title="How we answer", slug="how"), released=False)
    assert Client().get("/en/how/").status_code == 404
    StandardPage.objects.filter(pk=page.pk).update(live=True)
    assert Client().get("/en/how/").status_code == 404


def test_nobody_releases_it_alone(site, root):
    page = below(home(), StandardPage(title="How we answer", slug="how"), released=False)
    for somebody in (person("pavan"), root):
        with pytest.raises(NotAllowed):
            page.publish(page.get_latest_revision(), user=somebody)
        assert not page.permissions_for_user(somebody).can_publish()


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_released_page_shows_its_blocks_as_plain_elements(site):
    file = io.BytesIO()
    Picture.new("RGB", (8, 8), "teal").save(file, "PNG")
    file.seek(0)
    image = Image.objects.create(title="x.png", file=ImageFile(file, name="x.png"))
    page = StandardPage(title="How we answer", slug="how", introduction="In a day.")
    page.body = [
        ("heading", {"text": "First <b>", "level": "2"}),
        ("heading", {"text": "Deeper", "level": "3"}),
        ("paragraph", "<p>With <b>care</b> and a <a href='https://x.example'>source</a>.</p>"),
        ("picture", {"image": image, "alternative": "A ferry at night", "caption": "Line 3"}),
        ("quote", {"text": "It was worth it.", "who": "A reader"}),
    ]
    below(home(), page)
    words = Client().get("/en/how/").content.decode()
    for part in (
        "<h1>How we answer</h1>",
        "<h2>First &lt;b&gt;</h2>",
        "<h3>Deeper</h3>",
        'alt="A ferry at night"',
        "<figcaption>Line 3</figcaption>",
        "It was worth it.",
    ):
        assert part in words
    assert " style=" not in words
    assert "<script>" not in words


def test_a_picture_without_words_for_those_who_cannot_see_it_is_refused(site):
    block = PictureBlock()
    value = block.to_python({"image": None, "alternative": "", "caption": ""})
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert "alternative" in refused.value.block_errors


def test_pages_in_menus_stand_in_the_foot_of_every_page_in_their_language(site):
    assert "/en/how/" not in Client().get("/en/").content.decode()
    below(home(), StandardPage(title="How we answer", slug="how", show_in_menus=True))
    below(home("hi"), StandardPage(title="हम कैसे उत्तर देते हैं", slug="how", show_in_menus=True))
    below(home(), StandardPage(title="Quiet", slug="quiet"))
    english, hindi = (Client().get(f"/{code}/consultations/").content.decode() for code in ("en", "hi"))
    assert '<a href="/en/how/">How we answer</a>' in english
    assert '<a href="/hi/how/">हम कैसे उत्तर देते हैं</a>' in hindi
    assert "How we answer" not in hindi
    assert "Quiet" not in english


def test_news_is_listed_the_newest_first_at_the_same_cost_for_one_and_for_many(site):
    index = below(home(), NewsIndexPage(title="News", slug="news"))
    assert "There is no news yet." in Client().get("/en/news/").content.decode()

    def happens(day, released=True):
        piece = NewsPage(
            title=f"Day {day}", slug=f"d{day}", day=date(2026, 11, day), introduction="It happened."
        )
        below(index, piece, released=released)

    happens(5)
    Client().get("/en/news/")
    with CaptureQueriesContext(connection) as one:
        Client().get("/en/news/")
    for day in (3, 9, 7):
        happens(day)
    happens(20, released=False)
    with CaptureQueriesContext(connection) as many:
        words = Client().get("/en/news/").content.decode()
    assert words.index("Day 9") < words.index("Day 7") < words.index("Day 5") < words.index("Day 3")
    assert "Day 20" not in words
    assert len(many) == len(one)
    piece = Client().get("/en/news/d9/").content.decode()
    assert "9 November 2026" in piece
    assert '<a href="/en/news/">News</a>' in piece


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999", "%00"])
def test_a_wrong_page_number_breaks_nothing(site, page):
    below(home(), NewsIndexPage(title="News", slug="news"))
    assert Client().get(f"/en/news/?page={page}").status_code == 200


def test_the_opening_page_cannot_be_moved_deleted_or_unpublished(site, root):
    may = home().permissions_for_user(root)
    assert not any((may.can_delete(), may.can_move(), may.can_unpublish(), may.can_publish()))
