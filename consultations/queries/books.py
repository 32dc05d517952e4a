"""The books of a consultation: every voice that came in stands in exactly one row of its outcome."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import reasons
from consultations.models import (
    Contribution,
    Outcome,
    OutcomeVoice,
    Participant,
    Question,
    Response,
    Visibility,
)

ROWS: dict[str, str | Lazy] = {
    "themes": gettext_lazy("Read as one or several themes"),
    "counted": gettext_lazy("Counted, and not read as a theme"),
    "confidential": gettext_lazy("Confidential, read only by the people who weigh it"),
    "waiting": gettext_lazy("Still waiting for a moderator"),
    "not_published": gettext_lazy("Not published"),
    "withdrawn": gettext_lazy("Taken back by its author"),
    "removed": gettext_lazy("Removed"),
}
State = Contribution.State


@dataclass(frozen=True)
class Book:
    """One row of the books: its code (`not_published:<reason>` has one row a reason), its words, its count."""

    code: str
    label: str
    count: int


def books(outcome: Outcome) -> list[Book]:
    """Every voice received until the release, by what became of it now; the counts add up to all of them."""
    rows = _in_rows(_received(outcome), outcome)
    counted = {
        (row["book"], row["book_reason"]): row["n"]
        for row in rows.order_by().values("book", "book_reason").annotate(n=Count("pk"))
    }
    order = list(ROWS)
    return [
        Book(_code(row, reason), label_of(row, reason), n)
        for (row, reason), n in sorted(
            counted.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    ]


def row_of(response: Response, outcome: Outcome) -> Book | None:
    """The row of the books in which one voice stands; None when it came in after the release."""
    found = _in_rows(_received(outcome).filter(pk=response.pk), outcome).values("book", "book_reason").first()
    if found is None:
        return None
    return Book(_code(**found), label_of(found["book"], found["book_reason"]), 1)


def label_of(row: str, reason: str = "") -> str:
    """A row's words."""
    if row != "not_published" or not reason:
        return str(ROWS[row])
    return _("Not published: %(reason)s") % {"reason": reasons.words(reason)}


def _code(book: str, book_reason: str) -> str:
    return f"{book}:{book_reason}" if book_reason else book


def _received(outcome: Outcome) -> "QuerySet[Response]":
    came = Response.objects.filter(consultation=outcome.consultation_id).exclude(state=Response.State.DRAFT)
    came = came.exclude(behalf=Participant.Behalf.AGENCY)
    return came.filter(submitted_at__lte=outcome.released_at) if outcome.released_at else came


def _in_rows(responses: "QuerySet[Response]", outcome: Outcome) -> Any:
    """Each response with `book` and `book_reason`: the first row that fits, so it is never in two."""
    said = Contribution.objects.filter(response=OuterRef("pk"))
    standing = said.filter(state__in=State.standing())
    read = OutcomeVoice.objects.filter(
        answer__outcome=outcome,
        contribution__response=OuterRef("pk"),
        contribution__state__in=State.standing(),
    )
    rejected = said.filter(state=State.REJECTED)
    secret = Question.objects.filter(visibility=Visibility.CONFIDENTIAL)
    open_words = standing.exclude(question__in=secret)
    row = Case(
        When(state=Response.State.WITHDRAWN, then=Value("withdrawn")),
        When(Exists(read), then=Value("themes")),
        When(Exists(rejected), then=Value("not_published")),
        When(Exists(said) & ~Exists(standing), then=Value("removed")),
        When(Exists(standing.filter(state__in=State.awaiting_decision())), then=Value("waiting")),
        When(Exists(standing) & ~Exists(open_words), then=Value("confidential")),
        default=Value("counted"),
        output_field=CharField(),
    )
    first_reason = Subquery(rejected.order_by("pk").values("reason")[:1], output_field=CharField())
    return responses.annotate(book=row).annotate(
        book_reason=Case(
            When(Q(book="not_published"), then=first_reason), default=Value(""), output_field=CharField()
        ),
    )
