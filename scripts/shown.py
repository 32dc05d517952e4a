"""One address of each kind of page of the demo, for `scripts/shots.py`; runs inside the product, where Django is."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from accounts.models import Person
from accounts.services.people import find_contact_point
from cms.models import NewsPage, StandardPage
from consultations import queries
from consultations.models import AgencyPage, Consultation, ConsultationPage, OutcomePage, Topic
from consultations.services import code_of
from foundation import clock
from ideas.queries import newest
from portal.demo.people import address

WHO = "leela"


def addresses(language: str) -> dict[str, str]:
    """Paths by the name of their page, in one language; a page that does not stand in it is left out."""
    with translation.override(language):
        return {name: path for name, path in (_lists() | _pages(language) | _own()).items() if path}


def _lists() -> dict[str, str]:
    said = queries.open_consultations(clock.now()).order_by("-participant_count").first()
    idea = newest(clock.now()).first()
    topic = Topic.objects.first()
    return {
        "home": f"/{translation.get_language()}/",
        "consultations": reverse("consultations:index"),
        "answered": reverse("consultations:answered"),
        "outcomes": reverse("consultations:outcomes"),
        "you-said-we-did": reverse("cms:you_said"),
        "topics": reverse("cms:topics"),
        "topic": reverse("cms:topic", args=[topic.slug]) if topic else "",
        "answers": reverse("consultations:answers", args=[said.translation_key]) if said else "",
        "ideas": reverse("ideas:index"),
        "idea": reverse("ideas:detail", args=[idea.key]) if idea else "",
        "search": f"{reverse('search:results')}?q=water",
        "search-nothing": f"{reverse('search:results')}?q=qqqq",
        "posts": reverse("posts:index"),
        "register": reverse("records:index"),
        "moderation": reverse("moderation:policy"),
        "sign-in": reverse("accounts:sign_in"),
        "receipt": reverse("consultations:find_voice"),
        "components": reverse("design:page"),
        "404": f"/{translation.get_language()}/nothing-here/",
    }


def _pages(language: str) -> dict[str, str]:
    now = clock.now()
    kinds: dict[str, Page | None] = {
        "consultation": _page_of(queries.open_consultations(now).order_by("-participant_count"), language),
        "closed": _page_of(queries.closed_consultations(now), language),
        "outcome": OutcomePage.objects.live().filter(locale__language_code=language).first(),
        "agency": AgencyPage.objects.live().filter(locale__language_code=language).first(),
        "standing": StandardPage.objects.live().filter(locale__language_code=language).last(),
        "news": NewsPage.objects.live().filter(locale__language_code=language).first(),
    }
    return {name: page.get_url() or "" for name, page in kinds.items() if page is not None}


def _own() -> dict[str, str]:
    """Pages of one citizen, who signs in to see them."""
    person, now = citizen(), clock.now()
    said = list(queries.voices_of(person))
    code = code_of(said[0]) if said else ""
    answered = [voice.consultation_id for voice in said]
    free = queries.open_consultations(now).exclude(pk__in=answered).first()
    phase = free.phases.order_by("position").first() if free else None
    return {
        "voice": reverse("consultations:voice", args=[code]) if code else "",
        "account": reverse("accounts:home"),
        "respond": reverse("consultations:respond", args=[free.translation_key, phase.pk])
        if free and phase
        else "",
    }


def citizen() -> Person:
    """Whose pages are shown where they belong to somebody."""
    found = find_contact_point(address(WHO))
    assert found is not None
    return found.person


def _page_of(rows: QuerySet[Consultation], language: str) -> ConsultationPage | None:
    keys = [row.translation_key for row in rows]
    pages = ConsultationPage.objects.live().filter(translation_key__in=keys)
    found = {page.translation_key: page for page in pages.filter(locale__language_code=language)}
    return next((found[key] for key in keys if key in found), None)
