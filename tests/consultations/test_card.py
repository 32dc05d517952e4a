"""The picture by which a consultation is shared: its size, its weight, its words in each script, kept once drawn."""

import io
import re
import uuid
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from consultations import card as drawing
from consultations.card import Words, can_draw, draw
from consultations.views.card import _kept, forget_unneeded
from foundation import clock
from tests.consultations.looks import read
from tests.factories import consultations as made

TITLES = {
    "en": "How should we share canal water in a dry year?",
    "hi": "सूखे साल में नहर का पानी कैसे बाँटें? Nadipur के ११ गाँव",
    "ar": "كيف نتقاسم مياه القناة في سنة جافة؟ (Nadipur 2026)",
    "long": "A rather long title of a consultation " * 6,
    "one word": "W" * 255,
}


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture))


def words(title: str, **more: bool) -> Words:
    return Words("Samvad", "Nadipur Water Board", title, "Open until tomorrow.", **more)


@pytest.fixture(autouse=True)
def _fresh(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.mark.parametrize("language", TITLES)
def test_a_picture_has_its_size_and_a_weight_that_a_telephone_can_bear(language):
    picture = draw(words(TITLES[language], right_to_left=language == "ar"))
    assert opened(picture).size == (1200, 630) and opened(picture).format == "PNG"
    assert len(picture) <= 100 * 1024


def test_words_stay_within_the_picture():
    for title in TITLES.values():
        grey = opened(draw(words(title))).convert("RGB")
        paper = grey.getpixel((2, 2))
        edges = [grey.getpixel((x, y)) for x in (4, 40, 1160, 1195) for y in range(0, 600, 3)]
        assert set(edges) == {paper}


def test_the_letters_of_hindi_and_arabic_are_joined():
    for face, text in (("NotoSerifDevanagari", "क्षि"), ("NotoNaskhArabic", "مياه")):
        font = drawing._font(face, 60, True)
        assert font.getlength(text) < sum(font.getlength(sign) for sign in text)


def test_a_script_without_a_font_or_without_joining_is_left_out_and_never_drawn_as_boxes(monkeypatch):
    bare = draw(words(""))
    assert not can_draw("水") and draw(words("水")) == bare != draw(words("Water"))
    assert can_draw("पानी")
    with_joining = words("पानी").seal
    monkeypatch.setattr(drawing.features, "check", lambda name: False)
    assert not can_draw("पानी") and can_draw("Water")
    assert draw(words("पानी")) == bare and words("पानी").seal != with_joining


def test_a_machine_without_fonts_draws_the_sign_alone(settings):
    settings.CARD_FONTS = []
    forget()
    try:
        assert opened(draw(words("Water"))).size == (1200, 630)
        assert not can_draw("Water")
    finally:
        forget()


def forget() -> None:
    for kept in (drawing._face_of, drawing._covers, drawing._file, drawing._font):
        kept.cache_clear()


@pytest.mark.django_db
def test_a_page_names_its_picture_and_the_picture_is_drawn_once(monkeypatch):
    row = made.released_consultation(title="Ferries “in” winter", summary="Which & when?")
    page = read(row.page.specific.url)
    assert '<meta property="og:title" content="Ferries “in” winter">' in page
    assert '<meta property="og:description" content="Which &amp; when?">' in page
    assert "Ferries “in” winter. Open for answers until" in page
    found = re.search(r'<meta property="og:image" content="http[^/]*//[^/]*(/en/[^"]*\.png)">', page)
    assert found
    for _time in range(2):
        answer = Client().get(found.group(1))
        assert answer.status_code == 200 and answer["Content-Type"] == "image/png"
        assert "immutable" in answer["Cache-Control"] and not answer.cookies
        assert opened(answer.content).size == (1200, 630)
        monkeypatch.setattr("consultations.views.card.draw", None)


@pytest.mark.django_db
def test_a_picture_of_old_words_leads_to_the_one_of_now():
    row = made.released_consultation(title="Ferries")
    old = re.search(r'(/en/[^"]*\.png)', read(row.page.specific.url))
    made.edited(row, title="Ferries in winter")
    new = re.search(r'(/en/[^"]*\.png)', read(row.page.specific.url))
    assert old and new and old.group(1) != new.group(1)
    assert Client().get(old.group(1))["Location"] == new.group(1)


def test_two_who_draw_at_once_leave_one_file(monkeypatch):
    said = words(f"Water {uuid.uuid4()}")
    real = default_storage.save
    monkeypatch.setattr(
        default_storage, "save", lambda name, content: (real(name, content), real(name, content))[1]
    )
    assert _kept(said) == _kept(said)
    kept = [name for name in default_storage.listdir("cards")[1] if name.startswith(said.seal)]
    assert kept == [f"{said.seal}.png"]


@pytest.mark.django_db
def test_a_picture_that_no_page_names_any_more_is_deleted_and_the_others_stay():
    with suppress(FileNotFoundError):
        for name in default_storage.listdir("cards")[1]:  # what other tests drew
            default_storage.delete(f"cards/{name}")
    row = made.released_consultation(title="Ferries")
    for language in ("en", "hi"):
        Client().get(f"/{language}/consultations/{row.translation_key}/card/old.png", follow=True)
    true_now = set(default_storage.listdir("cards")[1])
    default_storage.save("cards/worn.png", ContentFile(b"of an old title"))
    assert forget_unneeded(clock.now()) == 0, "a page of this hour may still name it"
    later = clock.now() + timedelta(minutes=61)
    assert forget_unneeded(later) == 1 and set(default_storage.listdir("cards")[1]) == true_now
    type(row).objects.update(withdrawn_at=clock.now(), withdrawn_reason="law_changed")
    assert forget_unneeded(later) == 2 and forget_unneeded(later) == 0
