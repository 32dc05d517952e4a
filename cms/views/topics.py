"""Topics: what people are asked about, and all that is, was and will be asked about one of them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms import queries
from consultations import queries as hall
from consultations.models import Topic
from consultations.queries.lists import Narrow
from consultations.views.sections import sections
from design.words import number
from foundation import clock


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """Every topic that something is about, with how much of it is open."""
    language = get_language() or "en"
    found = sorted(queries.topics(clock.now()), key=lambda topic: topic.title_in(language).casefold())
    context = {"rows": [_row(topic, language) for topic in found], "page": Topic.objects.all()}
    return render(request, "cms/topics.html", context)


def _row(topic: Any, language: str) -> dict[str, Any]:
    is_open = ngettext("%(n)s open", "%(n)s open", topic.open) % {"n": number(topic.open)}
    asked = ngettext("%(n)s consultation", "%(n)s consultations", topic.all) % {"n": number(topic.all)}
    return {
        "slug": topic.slug,
        "title": topic.title_in(language),
        "lang": _lang(topic, language),
        "text": asked,
        "tag": is_open if topic.open else "",
        "tag_kind": "people",
    }


def _lang(topic: Topic, language: str) -> str:
    """The language of a topic's name: the reader's, where it has a name in it."""
    own = any(title.language == language for title in topic.titles.all())
    return language if own else settings.LANGUAGE_CODE


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """All consultations about one topic, under their states."""
    now, language = clock.now(), get_language() or "en"
    found = get_object_or_404(Topic.objects.prefetch_related("titles"), slug=slug)
    narrow = Narrow(topic=slug)
    counts = hall.counts(now, narrow=narrow)
    facts = [
        {"term": _("Open for answers"), "value": number(counts["open"]), "people": True},
        {"term": _("Being weighed"), "value": number(counts["closed"])},
        {"term": _("Answered"), "value": number(counts["answered"])},
    ]
    context = {
        "page": found,
        "title": found.title_in(language),
        "lang": _lang(found, language),
        "facts": facts,
        "sections": sections(narrow, now, language, request),
    }
    return render(request, "cms/topic.html", context)
