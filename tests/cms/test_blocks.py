"""What editors put into pages: every picture and video can be had by everybody, and nothing asks another site."""

import io
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.embeds.models import Embed
from wagtail.images.models import Image

from cms.blocks import ElsewhereBlock, ListBlock, VideoBlock
from cms.models import StandardPage
from foundation.listings import Listing, choices, listings
from tests.cms.test_pages import below, home
from tests.factories.consultations import ideas, published_idea, released_consultation
from tests.people import person

pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nThe gate opens.\n"


def document(name, content=b"x"):
    return Document.objects.create(title=name, file=ContentFile(content, name=name))


def image():
    file = io.BytesIO()
    Picture.new("RGB", (1200, 800), "teal").save(file, "PNG")
    file.seek(0)
    return Image.objects.create(title="x.png", file=ImageFile(file, name="x.png"))


def video(**other):
    return {
        "title": "The sluice opens",
        "file": document("sluice.mp4"),
        "captions": document("sluice.vtt", CAPTIONS),
        "language": "en",
        "words": "A gate opens. Water runs.",
        "poster": None,
        **other,
    }


def shown(*blocks):
    below(home(), StandardPage(title="How", slug="how", body=list(blocks)))
    return Client().get("/en/how/").content.decode()


def wrong_fields(block, value):
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize(value))
    return set(refused.value.block_errors)


def test_a_video_comes_with_captions_and_its_words_and_is_not_loaded_before_it_is_started(site, on_disk):
    page = shown(("video", video(poster=image())))
    assert re.search(r'<video class="video" controls playsinline preload="none"', page)
    assert re.search(r'<track kind="captions" src="/documents/\d+/sluice[^"]*\.vtt" srclang="en"', page)
    assert "A gate opens. Water runs." in page
    (captions,) = re.findall(r'<track kind="captions" src="([^"]+)"', page)
    answer = Client().get(captions)
    assert answer.status_code == 200, answer.content
    assert b"".join(answer.streaming_content) == CAPTIONS
    assert re.search(r'poster="/media/images/[^"]+\.webp"', page)


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("captions", {"captions": None}),
        ("words", {"words": ""}),
        ("title", {"title": ""}),
        ("file", {"file": ("film.avi", b"x")}),
        ("captions", {"captions": ("words.vtt", b"1\n00:00:00,000")}),
        ("captions", {"captions": ("words.srt", CAPTIONS)}),
    ],
)
def test_a_video_without_what_everybody_needs_is_refused(site, field, other):
    made = {key: document(*value) if isinstance(value, tuple) else value for key, value in other.items()}
    assert wrong_fields(VideoBlock(), video(**made)) == {field}


def test_captions_may_begin_with_a_mark_of_their_encoding(site):
    block = VideoBlock()
    marked = document("marked.vtt", b"\xef\xbb\xbf" + CAPTIONS)
    assert block.clean(block.normalize(video(captions=marked)))["captions"] == marked


def test_what_another_site_shows_is_a_link_that_says_where_it_leads(site):
    page = shown(
        ("elsewhere", {"url": "https://tube.example/w/1", "title": "The opening", "poster": image()})
    )
    assert 'href="https://tube.example/w/1" rel="external noopener noreferrer"' in page
    assert "On tube.example, which learns that you came." in page
    assert "<iframe" not in page
    assert "tube.example" not in "".join(re.findall(r'src(?:set)?="[^"]*"', page))
    assert wrong_fields(ElsewhereBlock(), {"url": "http://x.example/", "title": "x", "poster": None}) == {
        "url"
    }


def test_an_embed_in_a_text_is_a_link_as_well(site):
    Embed.objects.create(
        url="https://tube.example/w/1", hash="x", type="video", html="<iframe src=x>", title="The opening"
    )
    page = shown(("paragraph", '<p>See</p><embed embedtype="media" url="https://tube.example/w/1"/>'))
    assert "<iframe" not in page


def test_a_picture_is_as_large_as_the_screen_needs(site):
    page = shown(("picture", {"image": image(), "alternative": "A ferry", "caption": ""}))
    assert re.search(r'srcset="[^"]+420w, [^"]+840w"', page)
    assert 'loading="lazy"' in page and 'alt="A ferry"' in page


def test_a_page_lists_what_its_editor_chose_as_it_stands_now(site):
    row = released_consultation(title="Ferries in winter", questions=[ideas("What else?")])
    released_consultation(title="Clinics", closes=timedelta(days=40))
    published_idea(row, person("ben"), text="A lamp at the pier")
    page = shown(
        ("list", {"heading": "Hurry", "what": "consultations.closing", "most": 3}),
        ("list", {"heading": "What people suggest", "what": "ideas.newest", "most": 3}),
        ("list", {"heading": "What came of it", "what": "outcomes.latest", "most": 3}),
    )
    assert page.index("Hurry") < page.index("Ferries in winter") < page.index("What people suggest")
    assert "Clinics" not in page
    assert "A lamp at the pier" in page
    assert "Nothing at this moment." in page
    assert '<a href="/en/ideas/">See all<span class="vh">: What people suggest</span></a>' in page
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize("what", [key for key, _label in choices()])
def test_a_list_costs_the_same_for_one_and_for_many(site, what):
    def asked(number):
        row = released_consultation(title=f"Ferries {number}", questions=[ideas("What else?")])
        published_idea(row, person("ben"), text=f"A lamp {number}")

    asked(1)
    shown(("list", {"heading": "Here", "what": what, "most": 12}))
    with CaptureQueriesContext(connection) as one:
        Client().get("/en/how/")
    for number in (2, 3, 4):
        asked(number)
    with CaptureQueriesContext(connection) as many:
        Client().get("/en/how/")
    assert len(many) <= len(one)


def test_the_desk_offers_every_list_that_a_room_brought_and_no_other(site):
    block = ListBlock()
    assert {"consultations.open", "consultations.upcoming", "ideas.supported", "outcomes.latest"} <= set(
        listings
    )
    assert wrong_fields(block, {"heading": "x", "what": "weather.today", "most": 3}) == {"what"}
    assert wrong_fields(block, {"heading": "x", "what": "ideas.newest", "most": 99}) == {"most"}


def test_a_list_whose_room_is_gone_breaks_no_page(site, monkeypatch):
    monkeypatch.setattr(listings, "_things", {})
    page = shown(("list", {"heading": "Ideas", "what": "ideas.newest", "most": 3}))
    assert "Nothing at this moment." in page


def test_two_rooms_cannot_offer_the_same_list():
    taken = Listing("ideas.newest", "Newest", lambda request, most: [], "ideas:index")
    with pytest.raises(ValueError, match=r"ideas\.newest"):
        listings.register(taken)
