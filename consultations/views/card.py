"""The picture and the words by which other sites show a consultation."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from consultations import queries
from consultations.card import HEIGHT, WIDTH, Words, can_draw, draw
from consultations.models import Consultation
from consultations.queries import Listed
from consultations.views.feeds import absolute, standing
from design.words import direction
from foundation import clock

LOCALES = {"en": "en_GB", "hi": "hi_IN", "ar": "ar_AR"}
FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def card(request: HttpRequest, key: UUID, seal: str) -> HttpResponse:
    """The picture, drawn once for its words and kept; another seal leads to the one that is true now."""
    row = get_object_or_404(Consultation.objects.standing().select_related("agency"), translation_key=key)
    words = words_of(queries.listed([row], get_language() or "en", request)[0])
    if seal != words.seal:
        return redirect(card_path(row, words))
    response = HttpResponse(_kept(words), content_type="image/png")
    response["Cache-Control"] = FOR_GOOD
    return response


def _kept(words: Words) -> bytes:
    """The picture from its file; drawn and put there when it is not."""
    name = f"cards/{words.seal}.png"
    with suppress(FileNotFoundError), default_storage.open(name) as file:
        return bytes(file.read())
    picture = draw(words)
    saved = default_storage.save(name, ContentFile(picture))
    if saved != name:  # somebody else put it there at the same moment
        default_storage.delete(saved)
    return picture


def words_of(item: Listed) -> Words:
    """What stands on the card of a consultation."""
    language = get_language() or "en"
    return Words(
        site=settings.WAGTAIL_SITE_NAME,
        agency=item.agency,
        title=item.title,
        standing=standing(item.consultation, clock.now()),
        right_to_left=direction(language) == "rtl",
    )


def card_path(row: Consultation, words: Words) -> str:
    """Where the picture of these words is."""
    return reverse("consultations:card", args=[row.translation_key, words.seal])


def share_of(row: Consultation, request: HttpRequest) -> dict[str, Any]:
    """The values of `consultations/_share.html`."""
    item = queries.listed([row], get_language() or "en", request)[0]
    words = words_of(item)
    shown = [text for text in (words.agency, words.title, words.standing) if can_draw(text)]
    return {
        "title": item.title,
        "description": item.summary,
        "url": absolute(item),
        "image": f"{settings.PUBLIC_URL}{card_path(row, words)}",
        "width": WIDTH,
        "height": HEIGHT,
        "alt": ". ".join(text.rstrip(".") for text in (shown or [words.site])),
        "locale": LOCALES.get(item.language, item.language),
    }
