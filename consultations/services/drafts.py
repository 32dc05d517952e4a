"""Keeping what somebody types until they send it: question by question, whatever else they have open."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from consultations.models import Draft, DraftPart, Phase, Question
from foundation.errors import BadInput

KEPT_AFTER_CLOSE = timedelta(days=30)
LONGEST_KEPT = 50_000
"""Characters in one answer that is not checked yet."""


@dataclass(frozen=True)
class Owner:
    """Whose draft it is: a person's, or a visitor's who has not signed in."""

    person: Person | None = None
    visitor: uuid.UUID | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """As the row has it."""
        return {"person": self.person} if self.person is not None else {"visitor": self.visitor}


@dataclass
class Kept:
    """A draft as it stands: what was typed by question, what else was typed there, on which terms."""

    typed: dict[int, list[str]] = field(default_factory=dict)
    others: dict[int, list[list[str]]] = field(default_factory=dict)
    terms: dict[str, Any] | None = None

    @property
    def mark(self) -> str:
        """Changes when anything in it changes."""
        return mark([sorted(self.typed.items()), sorted(self.others.items()), self.terms])


def mark(typed: Any) -> str:
    """By what a form says which words it was shown with."""
    return hashlib.sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()[:16]


def kept(owner: Owner, phase: Phase) -> Kept | None:
    """The draft of this owner; None when there is none."""
    draft = Draft.objects.filter(phase=phase, **owner.fields).prefetch_related("parts").first()
    if draft is None:
        return None
    parts = list(draft.parts.all())
    return Kept(
        typed={part.question_id: part.typed for part in parts},
        others={part.question_id: part.others for part in parts if part.others},
        terms=draft.terms,
    )


def keep(
    owner: Owner,
    question: Question,
    typed: Sequence[str],
    *,
    seen: str = "",
    others_seen: str = "",
    now: datetime,
) -> bool:
    """Keeps what was typed to a question; says whether all is well.

    `seen` is the mark of the words that the form was shown with. When others were kept since, in another window,
    both stay: these as the answer, those beside it, and False says so. A form in which nothing was typed changes
    nothing then. Raises BadInput for what is too long to be kept.
    """
    words = [each.replace("\x00", "") for each in typed if each]
    if sum(len(each) for each in words) > LONGEST_KEPT:
        raise BadInput(
            _("A text is longer than %(most)d characters. Please shorten it.") % {"most": LONGEST_KEPT}
        )
    with transaction.atomic():
        draft = _held(owner, question.phase, now)
        part, new = DraftPart.objects.get_or_create(draft=draft, question=question, defaults={"typed": words})
        changed = not new and part.typed != words
        stale = changed and bool(part.typed) and seen != mark(part.typed)
        if stale and not words:
            return True
        if stale and part.typed not in part.others:
            part.others = [*part.others, part.typed]
        elif not stale and others_seen == mark(part.others):
            part.others = []
        part.typed = words
        part.save(update_fields=["typed", "others"])
    return not stale


def keep_terms(
    owner: Owner, phase: Phase, terms: dict[str, Any], *, seen: str | None = None, now: datetime
) -> dict[str, Any] | None:
    """Keeps on which terms the answer will be sent; gives those that were kept since in another window, if any.

    `seen` is the mark of the terms that the form was shown with; without it nobody is told.
    """
    with transaction.atomic():
        draft = _held(owner, phase, now)
        earlier, draft.terms = draft.terms, terms
        draft.save(update_fields=["terms"])
    stale = seen is not None and earlier is not None and earlier != terms and seen != mark(earlier)
    return earlier if stale else None


def _held(owner: Owner, phase: Phase, now: datetime) -> Draft:
    """The owner's draft, made when there is none, locked until the transaction ends."""
    # Another window may make it at the same moment.
    with suppress(IntegrityError), transaction.atomic():
        Draft.objects.get_or_create(phase=phase, **owner.fields, defaults={"saved_at": now})
    draft = Draft.objects.select_for_update().get(phase=phase, **owner.fields)
    Draft.objects.filter(pk=draft.pk).update(saved_at=now)
    return draft


def adopt(visitor: uuid.UUID, person: Person, *, now: datetime) -> None:
    """Gives somebody who signed in what they typed before; where they had typed something else, both stay."""
    with transaction.atomic():
        for draft in Draft.objects.select_for_update().filter(visitor=visitor).order_by("pk"):
            own = Owner(person=person)
            if kept(own, draft.phase) is None:
                Draft.objects.filter(pk=draft.pk).update(person=person, visitor=None)
                continue
            for part in draft.parts.select_related("question__phase"):
                for typed in [*part.others, part.typed]:
                    keep(own, part.question, typed, others_seen="-", now=now)
            if draft.terms is not None:
                keep_terms(own, draft.phase, draft.terms, now=now)
            draft.delete()


def drop(owner: Owner, phase: Phase) -> None:
    """Forgets a draft, when its words were sent."""
    Draft.objects.filter(phase=phase, **owner.fields).delete()


def forget_drafts(now: datetime) -> int:
    """Erases what was never sent: 30 days after the close, a visitor's when their session has ended; how many."""
    late = Draft.objects.filter(phase__consultation__closes_at__lt=now - KEPT_AFTER_CLOSE)
    ended = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    left = Draft.objects.filter(visitor__isnull=False, saved_at__lt=ended)
    gone = 0
    for drafts in (late, left):
        gone += drafts.count()
        drafts.delete()
    return gone
