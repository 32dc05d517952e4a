"""One idea with what people say to it; or one comment with its replies."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.models import Contribution
from consultations.queries import listed
from consultations.queries.subjects import Listed
from foundation import clock
from ideas import queries
from ideas.permissions import is_open_for_comments
from ideas.threads import PAGE, read, thread_of
from ideas.views import gate, rows, talk, ways

Kind = Contribution.Kind


@require_safe
def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """An idea or a comment at its own address, which never changes; gone words say why they are gone."""
    now = clock.now()
    contribution = gate.fetch(key, now)
    subject = listed([contribution.consultation], get_language() or "", request)[0]
    gone = gate.is_gone(contribution)
    title = rows.title_of(contribution) if not gone else _("This is no longer shown")
    thread = thread_of(contribution)
    page = Paginator(list(thread.bones), PAGE).get_page(request.GET.get("page"))
    remarks = read(list(page))
    pressed = contribution.pk in queries.supported_by(request.user, [contribution.pk])
    context = gate.facts(
        contribution,
        subject=subject,
        title=title,
        crumbs=_crumbs(contribution, title),
        gone=talk.gone_words(contribution) if gone else "",
        body=rows.text_below(contribution),
        talk=talk.items(remarks),
        count=thread.count,
        page=page,
        open=is_open_for_comments(contribution, now),
        vote=rows.vote_of(
            contribution,
            now,
            person=gate.reader(request),
            pressed=pressed,
            come_back=request.get_full_path(),
        ),
        pressed=pressed,
        tags=_tags(contribution),
        category=_category(contribution),
        follow_url=_follow_url(contribution) if not gone else "",
        following=_following(contribution, request),
        elsewhere=rows.counted_elsewhere(contribution),
        comment_url=ways.to_comment(contribution),
        canonical=request.build_absolute_uri(ways.to(contribution)),
        way=_way(contribution, subject, now),
        above=ways.to(contribution.parent) if contribution.parent else "",
    )
    template = "ideas/detail.html" if contribution.kind == Kind.IDEA else "ideas/remark.html"
    return render(request, template, context, status=410 if gone else 200)


def _crumbs(contribution: Contribution, title: str) -> list[dict[str, str]]:
    if contribution.kind == Kind.IDEA:
        return ways.crumbs(title, below=True, lang=contribution.language)
    return ways.crumbs(_("A comment"), below=True)


def _tags(contribution: Contribution) -> list[Any]:
    idea = getattr(contribution, "idea", None)
    return list(idea.tags.all()) if idea else []


def _category(contribution: Contribution) -> tuple[str, str] | None:
    """The category of an idea: its id, and its name in the reader's language."""
    key = contribution.idea.category if hasattr(contribution, "idea") else ""
    label = queries.categories(contribution.consultation, get_language() or "").get(key) if key else None
    return (key, label) if label else None


def _follow_url(contribution: Contribution) -> str:
    return ways.to_follow(contribution) if hasattr(contribution, "idea") else ""


def _following(contribution: Contribution, request: HttpRequest) -> bool:
    person = gate.reader(request)
    return person is not None and hasattr(contribution, "idea") and queries.follows(person, contribution.idea)


def _way(contribution: Contribution, subject: Listed, now: datetime) -> list[dict[str, Any]]:
    """Where an idea is: suggested, shown, open for support, answered. Dates, not “soon”."""
    row = subject.consultation
    question = contribution.question
    closes = question.phase.closes_at if question else row.closes_at
    steps: list[dict[str, Any]] = [
        {"state": "done", "title": _("Suggested"), "lines": [_date(contribution.received_at)]}
    ]
    if contribution.published_at and clock.day(contribution.published_at) != clock.day(
        contribution.received_at
    ):
        steps.append({"state": "done", "title": _("Shown here"), "lines": [_date(contribution.published_at)]})
    if is_open_for_comments(contribution, now):
        turn = _("Your turn until %(day)s") % {"day": _date(closes)}
        steps.append({"state": "now", "title": _("Support and talk"), "turn": turn})
    else:
        steps.append(
            {
                "state": "done",
                "title": _("Support and talk"),
                "lines": [_("Closed on %(day)s") % {"day": _date(closes)}],
            }
        )
    steps.append(_answer(subject, now))
    return steps


def _answer(subject: Listed, now: datetime) -> dict[str, Any]:
    row = subject.consultation
    title = _("%(agency)s answers") % {"agency": subject.agency}
    due = date_format(row.answer_due_on, "j F Y")
    if row.answered_at:
        return {
            "state": "done",
            "title": title,
            "lines": [_date(row.answered_at)],
            "url": subject.url,
            "link": _("Read the answer"),
        }
    if row.is_overdue(now):
        return {"state": "late", "title": title, "turn": _("Was promised by %(day)s") % {"day": due}}
    if row.is_closed(now):
        return {
            "state": "now-official",
            "title": title,
            "turn": _("Our turn, promised by %(day)s") % {"day": due},
        }
    return {"state": "next", "title": title, "lines": [_("Promised by %(day)s") % {"day": due}]}


def _date(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y")
