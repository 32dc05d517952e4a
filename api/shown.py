"""Rows as they are shown to programs: nothing of a person is in them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from consultations import queries as hall
from consultations.instruments import QuestionSpec
from consultations.models import Consultation, Contribution, Question
from consultations.queries import Listed, ListedOutcome
from consultations.views.voices import attribution


def consultation(item: Listed, now: datetime) -> dict[str, Any]:
    """A consultation in a list."""
    row = item.consultation
    return {
        "key": row.translation_key,
        "title": item.title,
        "summary": item.summary,
        "language": item.language,
        "url": full(item.url),
        "agency": {"slug": row.agency.slug, "name": item.agency},
        "state": row.state(now),
        "opens_at": row.opens_at,
        "closes_at": row.closes_at,
        "first_closes_at": row.first_closes_at,
        "answer_due_on": row.answer_due_on,
        "first_answer_due_on": row.first_answer_due_on,
        "answered_at": row.answered_at,
        "participants": row.participant_count,
        "responses": row.response_count,
        "counted_at": row.counted_at,
    }


def detail(row: Consultation, language: str, now: datetime) -> dict[str, Any]:
    """A consultation with its questions and outcomes, in a number of queries that does not grow with them."""
    released = hall.released_outcomes().filter(consultation=row)
    return {
        **consultation(hall.listed([row], language)[0], now),
        "questions": [question(*found) for found in hall.specs_for(row, language)],
        "outcomes": [outcome(found) for found in hall.listed_outcomes(released, language)],
        "contributions": full(reverse("api:v1:contributions", args=[row.translation_key])),
    }


def question(row: Question, spec: QuestionSpec) -> dict[str, Any]:
    """A question in somebody's language; options in order, by the ids under which they are counted."""
    words = spec.words.get("options", {})
    return {
        "key": spec.key,
        "instrument": spec.instrument,
        "prompt": spec.prompt,
        "hint": spec.hint,
        "language": spec.language,
        "required": spec.required,
        "visibility": spec.visibility,
        "opens_at": row.phase.opens_at,
        "closes_at": row.phase.closes_at,
        "options": [
            {"key": option["id"], "words": words.get(option["id"], ""), "retired": option["retired"]}
            for option in spec.settings.get("options", [])
        ],
        "settings": spec.settings,
    }


def outcome(found: ListedOutcome) -> dict[str, Any]:
    """What was answered, by its address."""
    return {
        "title": found.title,
        "language": found.language,
        "url": full(found.url),
        "released_at": found.outcome.released_at,
    }


def contribution(row: Contribution) -> dict[str, Any]:
    """Words that everybody may read. What was heard elsewhere has no name at all."""
    parent = row.parent
    parent_shown = parent is not None and parent.state == Contribution.State.PUBLISHED and parent.may_publish
    return {
        "key": row.key,
        "kind": row.kind,
        "question": row.question.block_id if row.question else None,
        "reply_to": parent.key if parent is not None and parent_shown else None,
        "author": "" if row.kind == Contribution.Kind.HEARD else attribution(row),
        "official": row.official,
        "language": row.language,
        "text": row.text,
        "published_at": row.published_at,
        "support": row.support_count,
        "comments": row.comment_count,
        "counted_at": row.counted_at,
    }


def with_imported_counts(row: Contribution) -> dict[str, Any]:
    """The same with the numbers that another system counted."""
    counts = [
        {"source": count.source, "label": count.label, "number": count.number}
        for count in row.imported_counts.all()
    ]
    return {**contribution(row), "imported_counts": counts}


def page(
    request: HttpRequest, found: list[Any], limit: int, items: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    """A page of a list with the address of the next one. `found` holds one more than the page when there is one."""
    shown = list(items)
    more = len(found) > limit
    if not more:
        return {"items": shown, "next": None}
    asked = {**request.GET.dict(), "after": shown[-1]["key"]}
    return {"items": shown, "next": f"{full(request.path)}?{urlencode(asked)}"}


def full(url: str) -> str:
    """The full address of a page of ours."""
    path = urlsplit(url).path
    return settings.PUBLIC_URL + path if path else ""
