"""Answering: a draft made of what was understood, and the release of what two people stand for."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from accounts.models import Person
from consultations import figures, seams, signals
from consultations.models import (
    Consultation,
    Contribution,
    Figure,
    Outcome,
    OutcomeAnswer,
    OutcomePage,
    OutcomeVoice,
    Visibility,
)
from consultations.permissions import can_analyse, can_write_pages
from foundation import audit
from foundation.announce import announce
from foundation.errors import BadInput, NotAllowed, WrongState
from foundation.models import Approval
from records.services import enter

State = Contribution.State


@dataclass(frozen=True)
class DraftAnswer:
    """One theme as the analysis hands it down: its words, quotable voices by key, and all voices read as it."""

    key: uuid.UUID
    label: str
    summary: str = ""
    quotes: Sequence[uuid.UUID] = ()
    voices: Sequence[tuple[int, float]] = field(default_factory=tuple)


def draft_outcome(
    consultation: Consultation,
    *,
    by: Person,
    answers: Sequence[DraftAnswer],
    figure_keys: Sequence[str],
    now: datetime,
) -> OutcomePage:
    """Prepares an outcome whose decision is empty: figures by reference, themes with their voices.

    Writes a draft page in the consultation's language below its page, and the rows that lead each voice to the answer.
    Raises NotAllowed for anybody who neither analyses nor edits, WrongState while people still answer.
    """
    if not (can_analyse(by, consultation.agency_id) or can_write_pages(by, consultation.agency_id)):
        raise NotAllowed(_("Only analysts and editors of the agency draft an outcome."))
    if not consultation.is_closed(now):
        raise WrongState(_("People can still answer. An outcome is drafted after the close."))
    with transaction.atomic():
        with translation.override(consultation.language):
            page = _draft_page(consultation, answers, figure_keys, by)
        outcome = Outcome.objects.create(
            consultation=consultation, page=page, translation_key=page.translation_key, drafted_at=now
        )
        for position, answer in enumerate(answers):
            row = OutcomeAnswer.objects.create(
                outcome=outcome,
                key=answer.key,
                position=position,
                words={
                    consultation.language: {"label": answer.label, "summary": answer.summary, "answer": ""}
                },
            )
            OutcomeVoice.objects.bulk_create(
                [OutcomeVoice(answer=row, contribution_id=pk, weight=weight) for pk, weight in answer.voices],
                batch_size=500,
            )
        audit.write("outcome.drafted", by=by.pk, thing=f"outcome:{outcome.pk}", themes=len(answers))
        announce(signals.outcome_drafted, outcome=outcome)
    return page


def _draft_page(
    consultation: Consultation, answers: Sequence[DraftAnswer], figure_keys: Sequence[str], by: Person
) -> OutcomePage:
    title = _("What became of it: %(title)s") % {"title": consultation.title}
    page = OutcomePage(
        title=title[:255],
        slug=f"outcome-{uuid.uuid4().hex[:6]}",
        asked=consultation.page.specific.summary,
        live=False,
        has_unpublished_changes=True,
        owner=by,
    )
    page.figures = [
        {
            "type": "figure",
            "id": str(uuid.uuid4()),
            "value": {"figure": key, "caption": str(figures.KINDS[key.partition(":")[0]].label)},
        }
        for key in figure_keys
    ]
    page.themes = [
        {
            "type": "theme",
            "id": str(uuid.uuid4()),
            "value": {
                "key": str(answer.key),
                "label": answer.label,
                "summary": answer.summary,
                "quotes": [
                    {"type": "item", "id": str(uuid.uuid4()), "value": str(key)} for key in answer.quotes
                ],
                "answer": "",
            },
        }
        for answer in answers
    ]
    consultation.page.add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    return page


def reread(
    consultation: Consultation,
    *,
    voices: Iterable[int],
    away: Iterable[uuid.UUID],
    to: uuid.UUID | None,
    by: Person,
) -> None:
    """Leads voices (keys of contributions) from some themes to another one, or to none, in drafts of an outcome.

    A released outcome stays as it was released. In the caller's transaction. Raises NotAllowed for anybody but
    analysts of the agency.
    """
    if not can_analyse(by, consultation.agency_id):
        raise NotAllowed(_("Only analysts of the agency do this."))
    Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    drafts = OutcomeAnswer.objects.filter(
        outcome__consultation=consultation, outcome__released_at__isnull=True
    )
    moved = list(voices)
    OutcomeVoice.objects.filter(answer__in=drafts.filter(key__in=list(away)), contribution__in=moved).delete()
    there = drafts.filter(key=to) if to is not None else ()
    OutcomeVoice.objects.bulk_create(
        [OutcomeVoice(answer=row, contribution_id=pk) for row in there for pk in moved],
        ignore_conflicts=True,
    )


@seams.at_release_of("OutcomePage")
def release_outcome(page: OutcomePage, approval: Approval, now: datetime) -> Outcome:
    """Releases an approved outcome: its numbers are asked and frozen, its voices led to their answers.

    Runs inside the release of the page. Raises WrongState when no decision was written, BadInput when a figure or a
    quoted voice does not exist or may not be quoted: then nothing is released.
    """
    if not strip_tags(page.decision).strip():
        raise WrongState(_("The decision is empty. An officer writes it before an outcome is released."))
    language = page.locale.language_code
    # Held, so that a voice is read otherwise before the numbers are frozen or not at all.
    consultation = Consultation.objects.select_for_update(no_key=True).get(
        translation_key=page.get_parent().specific.translation_key
    )
    outcome, _new = Outcome.objects.get_or_create(
        translation_key=page.translation_key,
        defaults={"consultation": consultation, "page": page, "drafted_at": now},
    )
    check_quotes(page, consultation)
    _write_answers(page, outcome, language)
    first = outcome.released_at is None
    if first:
        _freeze(page, outcome, consultation, now)
        Outcome.objects.filter(pk=outcome.pk).update(released_at=now, approval=approval)
        Consultation.objects.filter(pk=consultation.pk, answered_at__isnull=True).update(answered_at=now)
        enter(
            "outcome_released",
            agency=consultation.agency.slug,
            thing=str(outcome.translation_key),
            sha256=approval.sha256,
        )
        outcome.refresh_from_db()
        announce(signals.outcome_published, outcome=outcome)
    audit.write("outcome.released", by=None, thing=f"outcome:{outcome.pk}", language=language, first=first)
    return outcome


def quoted_keys(page: OutcomePage) -> list[str]:
    """The keys of all voices that the page quotes, in order."""
    return [str(key) for block in page.themes for key in block.value["quotes"] if key]


def check_quotes(page: OutcomePage, consultation: Consultation) -> None:
    """Raises BadInput for a quote of a voice that does not exist, was taken back, or did not allow it."""
    for key in quoted_keys(page):
        try:
            voice = Contribution.objects.select_related("response", "question").get(
                key=key, consultation=consultation
            )
        except (Contribution.DoesNotExist, ValueError, ValidationError) as error:
            raise BadInput(_("The quoted voice %(key)s does not exist.") % {"key": key}) from error
        allowed = voice.kind != Contribution.Kind.ANSWER or voice.response.may_quote
        confidential = voice.question is not None and voice.question.visibility == Visibility.CONFIDENTIAL
        if voice.state not in State.quotable() or confidential or not allowed:
            raise BadInput(
                _("The voice %(key)s may not be quoted: its author did not allow it or took it back.")
                % {"key": key}
            )


def _write_answers(page: OutcomePage, outcome: Outcome, language: str) -> None:
    for position, block in enumerate(page.themes):
        value: dict[str, Any] = block.value
        row, _new = OutcomeAnswer.objects.get_or_create(
            outcome=outcome, key=value["key"], defaults={"position": position}
        )
        row.position = position
        row.words = {
            **row.words,
            language: {"label": value["label"], "summary": value["summary"], "answer": value["answer"]},
        }
        row.save(update_fields=["position", "words"])


def _freeze(page: OutcomePage, outcome: Outcome, consultation: Consultation, now: datetime) -> None:
    keys = [block.value["figure"] for block in page.figures]
    keys += [f"theme:{block.value['key']}" for block in page.themes]
    for key in dict.fromkeys(keys):
        reading = figures.read(consultation, key)
        Figure.objects.update_or_create(
            outcome=outcome,
            key=key,
            defaults={"value": reading.value, "query_sha256": reading.query_sha256, "as_of": now},
        )
