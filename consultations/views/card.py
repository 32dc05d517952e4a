"""The picture and the words by which other sites show a consultation."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
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
FOLDER, FRESH, TOGETHER = "cards", timedelta(hours=1), 200
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


def forget_unneeded(now: datetime) -> int:
    """Deletes pictures that no page names any more: of an old title, an earlier standing, a withdrawn consultation.

    A picture of this hour stays, whatever it says: somebody may be about to fetch it. Gives how many went.
    """
    named = {f"{seal}.png" for code, _name in settings.LANGUAGES for seal in _seals(code)}
    try:
        _folders, files = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    gone = 0
    for name in set(files) - named:
        with suppress(FileNotFoundError):
            if default_storage.get_modified_time(f"{FOLDER}/{name}") < now - FRESH:
                default_storage.delete(f"{FOLDER}/{name}")
                gone += 1
    return gone


def _seals(language: str) -> Iterator[str]:
    """The seals of all pictures that are true now, in one language."""
    rows = Consultation.objects.standing().select_related("agency").order_by("pk")
    each = rows.iterator(chunk_size=TOGETHER)
    with translation.override(language):
        while together := list(islice(each, TOGETHER)):
            yield from (words_of(item).seal for item in queries.listed(together, language))


def _kept(words: Words) -> bytes:
    """The picture from its file; drawn and put there when it is not."""
    name = f"{FOLDER}/{words.seal}.png"
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
