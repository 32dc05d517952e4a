"""Consultations as an Atom feed and as a calendar file: of all, of one agency, about one topic, and each by itself."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from accounts.models import Agency
from consultations import queries
from consultations.models import AgencyPage, Consultation, Topic
from consultations.queries import Listed
from consultations.views import words
from foundation import clock

MOST = 50
LONG_AGO = timedelta(days=365)


class Scope:
    """Of what a feed or a calendar is: everything, an agency, or a topic. Raises Http404 for one that is not there."""

    def __init__(self, agency: str = "", topic: str = "") -> None:
        self.agency = get_object_or_404(Agency, slug=agency) if agency else None
        self.topic = get_object_or_404(Topic, slug=topic) if topic else None
        self.language = get_language() or "en"

    def rows(self) -> "QuerySet[Consultation]":
        """Its consultations that are not withdrawn."""
        rows = Consultation.objects.standing().select_related("agency").prefetch_related("topics__titles")
        if self.agency is not None:
            rows = rows.filter(agency=self.agency)
        return rows.filter(topics=self.topic) if self.topic is not None else rows

    @property
    def title(self) -> str:
        """What it is called."""
        site = settings.WAGTAIL_SITE_NAME
        if self.agency is not None:
            page = AgencyPage.objects.filter(agency=self.agency, locale__language_code=self.language).first()
            return _("Consultations of %(agency)s") % {"agency": page.title if page else self.agency.name}
        if self.topic is not None:
            return _("Consultations about %(topic)s") % {"topic": self.topic.title_in(self.language)}
        return _("Consultations on %(site)s") % {"site": site}

    def url(self, name: str) -> str:
        """The address of its feed or calendar (`feed`, `calendar`)."""
        if self.agency is not None:
            path = reverse(f"consultations:agency_{name}", args=[self.agency.slug])
        elif self.topic is not None:
            path = reverse(f"consultations:topic_{name}", args=[self.topic.slug])
        else:
            path = reverse(f"consultations:{name}")
        return f"{settings.PUBLIC_URL}{path}"

    def list_url(self) -> str:
        """The address of the list of the same."""
        query = (
            {"agency": self.agency.slug} if self.agency else {"topic": self.topic.slug} if self.topic else {}
        )
        return f"{settings.PUBLIC_URL}{reverse('consultations:index', query=query or None)}"


def absolute(item: Listed) -> str:
    """The address of a consultation's page, or of the list where it has none."""
    url = item.url or reverse("consultations:index")
    return url if "://" in url else f"{settings.PUBLIC_URL}{url}"


class WithLanguages(Atom1Feed):
    """Atom that says the language of each entry."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        return {**super().item_attributes(item), "xml:lang": item["lang"]}


class Consultations(Feed):
    """One entry for each consultation; it is new again when it opens, closes or is answered."""

    feed_type = WithLanguages

    def get_object(self, request: HttpRequest, **slugs: str) -> Scope:
        return Scope(**slugs)

    def title(self, scope: Scope) -> str:
        return scope.title

    def subtitle(self, scope: Scope) -> str:
        return _("What opens, what closes, and what was answered.")

    def link(self, scope: Scope) -> str:
        return scope.list_url()

    def feed_url(self, scope: Scope) -> str:
        return scope.url("feed")

    def feed_guid(self, scope: Scope) -> str:
        return scope.url("feed")

    def items(self, scope: Scope) -> list[Listed]:
        now = clock.now()
        lately = now - LONG_AGO
        recent = Q(registered_at__gte=lately) | Q(closes_at__gte=lately) | Q(answered_at__gte=lately)
        rows = sorted(
            scope.rows().filter(recent), key=lambda row: (changed_at(row, now), row.pk), reverse=True
        )[:MOST]
        return queries.listed(rows, scope.language)

    def item_title(self, item: Listed) -> str:
        return item.title

    def item_description(self, item: Listed) -> str:
        return f"{item.summary}\n\n{standing(item.consultation, clock.now())}".strip()

    def item_link(self, item: Listed) -> str:
        return absolute(item)

    def item_guid(self, item: Listed) -> str:
        return f"urn:uuid:{item.consultation.translation_key}"

    def item_author_name(self, item: Listed) -> str:
        return item.agency

    def item_categories(self, item: Listed) -> list[str]:
        return [topic.title_in(get_language() or "en") for topic in item.consultation.topics.all()]

    def item_pubdate(self, item: Listed) -> datetime:
        return item.consultation.registered_at

    def item_updateddate(self, item: Listed) -> datetime:
        return changed_at(item.consultation, clock.now())

    def item_extra_kwargs(self, item: Listed) -> dict[str, Any]:
        return {"lang": item.language}


def changed_at(row: Consultation, now: datetime) -> datetime:
    """When it last came to something: announced, opened, closed, answered."""
    moments = [row.registered_at, row.opens_at, row.closes_at, row.answered_at]
    return max(
        moment for moment in moments if moment is not None and (moment <= now or moment == row.registered_at)
    )


def standing(row: Consultation, now: datetime) -> str:
    """Where it stands, with the day that comes next."""
    state = row.state(now)
    if state == "upcoming":
        return _("Opens on %(moment)s.") % {"moment": words.minute(row.opens_at)}
    if state == "open":
        return _("Open for answers until %(moment)s.") % {"moment": words.minute(row.closes_at)}
    if state == "answered" and row.answered_at is not None:
        return _("Answered on %(day)s.") % {"day": words.day(row.answered_at)}
    day = {"day": words.day(row.answer_due_on)}
    if state == "overdue":
        return _("The answer was promised by %(day)s.") % day
    return _("The answer is promised by %(day)s.") % day


def calendar_of(title: str, items: list[Listed]) -> bytes:
    """An iCalendar file (RFC 5545): for each consultation when it opens, closes, and is to be answered."""
    calendar = Calendar()
    calendar.add("prodid", "-//Samvad//Consultations//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    for item in items:
        row = item.consultation
        moments = (
            ("opens", _("Opens: %(title)s"), row.opens_at),
            ("closes", _("Closes: %(title)s"), row.closes_at),
            ("answer", _("Answer promised: %(title)s"), row.answer_due_on),
        )
        for key, said, moment in moments:
            event = Event()
            event.add("uid", f"{row.translation_key}-{key}@samvad")
            event.add("dtstamp", row.registered_at)
            event.add("dtstart", moment)
            event.add("summary", said % {"title": item.title})
            event.add("description", item.summary)
            event.add("url", absolute(item))
            event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
    return calendar.to_ical()


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["Cache-Control"] = "max-age=300"
    return response


_feed = Consultations()


@require_safe
def feed(request: HttpRequest, **slugs: str) -> HttpResponse:
    """The Atom feed of all, of an agency, or about a topic."""
    response = _feed(request, **slugs)
    response["Cache-Control"] = "max-age=300"
    return response


@require_safe
def calendar(request: HttpRequest, **slugs: str) -> HttpResponse:
    """The days of all, of an agency, or about a topic: what is to come, and what was within a year."""
    scope = Scope(**slugs)
    lately = clock.now() - LONG_AGO
    rows = scope.rows().filter(Q(closes_at__gte=lately) | Q(answer_due_on__gte=clock.day(lately)))
    name = "-".join(["consultations", *slugs.values()])
    return _file(
        calendar_of(scope.title, queries.listed(rows.order_by("opens_at", "pk"), scope.language)), name
    )


@require_safe
def dates(request: HttpRequest, key: UUID) -> HttpResponse:
    """The days of one consultation."""
    row = get_object_or_404(Consultation.objects.standing().select_related("agency"), translation_key=key)
    item = queries.listed([row], get_language() or "en")[0]
    return _file(calendar_of(item.title, [item]), row.slug if row.slug.isascii() else "consultation")
