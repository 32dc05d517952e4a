"""Saying: a response comes in whole, with its contributions and its receipt, or not at all."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import SystemRandom
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import pseudonym
from accounts.models import Person
from consultations import receipts, signals
from consultations.models import (
    Consultation,
    Contribution,
    Participant,
    Question,
    Response,
    Visibility,
    Wording,
)
from consultations.models.voices import Channel
from consultations.permissions import may_take_part
from foundation import audit, clock
from foundation.announce import announce
from foundation.errors import BadInput, NotAllowed, WrongState

LONGEST_TEXT = 20_000
Kind = Contribution.Kind
State = Contribution.State


@dataclass(frozen=True)
class Saying:
    """One thing that is said: an answer to a question, an idea, a comment below a parent, a reply heard."""

    text: str = ""
    answer: Any = None
    question: Question | None = None
    kind: str = Kind.ANSWER
    parent: Contribution | None = None
    external_id: str = ""


@dataclass(frozen=True)
class Terms:
    """How a response is given: on whose behalf, and what may be done with its words. Nothing unless it was said."""

    language: str = "en"
    behalf: str = Participant.Behalf.PERSON
    organisation: str = ""
    paper: "File[Any] | None" = None
    may_publish: bool = False
    may_quote: bool = False


@dataclass(frozen=True)
class Submitted:
    """What came of it: the response, the receipt's code, and whether it had come in before."""

    response: Response
    receipt: str
    repeated: bool = False


def join(
    consultation: Consultation,
    *,
    person: Person | None,
    now: datetime,
    language: str,
    channel: str = Channel.WEB,
) -> Participant:
    """The person's place in this consultation: the one they have, or a new one under a fresh pseudonym."""
    if person is not None:
        found = Participant.objects.filter(consultation=consultation, person=person).first()
        if found is not None:
            return found
    for _attempt in range(8):
        try:
            with transaction.atomic():
                return Participant.objects.create(
                    consultation=consultation,
                    person=person,
                    pseudonym=pseudonym.fresh(SystemRandom()),
                    level=1 if person else 0,
                    channel=channel,
                    language=language,
                    joined_at=now,
                )
        except IntegrityError:
            found = (
                Participant.objects.filter(consultation=consultation, person=person).first()
                if person
                else None
            )
            if found is not None:
                return found
    raise WrongState(_("We could not make a place for you just now. Please send it once more."))


def submit(
    consultation: Consultation,
    *,
    sayings: Sequence[Saying],
    person: Person | None,
    now: datetime,
    form: str = "",
    terms: Terms | None = None,
    channel: str = Channel.WEB,
    source: str = "web",
    request_key: uuid.UUID | None = None,
) -> Submitted:
    """Takes what somebody says, once: a repeated request gives the first answer and its receipt.

    Raises NotAllowed for members of the asking agency, WrongState when it is not open (or was answered already),
    BadInput for empty or overlong words. Announces `response_submitted` and, for words that a moderator must see,
    `contribution_submitted`.
    """
    terms = terms or Terms()
    _check(sayings)
    if request_key is not None:
        earlier = Response.objects.filter(request_key=request_key, consultation=consultation).first()
        if earlier is not None:
            return _again(earlier, person)
    with transaction.atomic():
        _may(consultation, sayings, person, channel)
        participant = join(consultation, person=person, now=now, language=terms.language, channel=channel)
        response = Response(
            consultation=consultation,
            participant=participant,
            form=form or f"act:{uuid.uuid4()}",
            channel=channel,
            language=terms.language,
            behalf=terms.behalf,
            organisation=terms.organisation.strip()
            if terms.behalf == Participant.Behalf.ORGANISATION
            else "",
            paper=terms.paper or "",
            may_publish=terms.may_publish,
            may_quote=terms.may_quote,
            request_key=request_key or uuid.uuid4(),
            submitted_at=now,
        )
        code = receipts.code_for(response)
        response.receipt_hash = receipts.hash_of(code)
        try:
            with transaction.atomic():
                response.save()
        except IntegrityError as error:
            earlier = Response.objects.filter(request_key=response.request_key).first()
            if earlier is not None:
                return _again(earlier, person)
            raise WrongState(
                _("You have answered these questions already. You can take your answer back and answer anew.")
            ) from error
        contributions = [_contribution(response, saying, terms, source, now) for saying in sayings]
        audit.write(
            "response.submitted",
            by=None,
            thing=f"response:{response.pk}",
            channel=channel,
            sayings=len(sayings),
        )
        announce(signals.response_submitted, response=response)
        for contribution in contributions:
            if contribution.state in State.awaiting_decision() or contribution.state == State.PUBLISHED:
                announce(signals.contribution_submitted, contribution=contribution)
    return Submitted(response, code)


def _again(earlier: Response, person: Person | None) -> Submitted:
    if person is None or earlier.participant.person_id != person.pk:
        raise WrongState(_("This form was already used. Load the page again, please."))
    return Submitted(earlier, receipts.code_of(earlier), repeated=True)


def _check(sayings: Sequence[Saying]) -> None:
    if not sayings:
        raise BadInput(_("There is nothing in it yet. Answer at least one question."))
    for saying in sayings:
        if len(saying.text) > LONGEST_TEXT:
            raise BadInput(
                _("A text is longer than %(most)d characters. Please shorten it.") % {"most": LONGEST_TEXT}
            )
        if not saying.text.strip() and saying.answer is None:
            raise BadInput(_("There are no words in it yet."))
        if "\x00" in saying.text:
            raise BadInput(_("The text holds a sign that cannot be stored. Please type it anew."))


def _may(consultation: Consultation, sayings: Sequence[Saying], person: Person | None, channel: str) -> None:
    if channel == Channel.SOCIAL:
        return
    if person is None:
        raise NotAllowed(_("Sign in first, so that one person answers once."))
    if not may_take_part(person, consultation):
        raise NotAllowed(_("You work for the agency that asks, so you cannot take part as a citizen here."))
    moment = clock.database_now()
    closed = not consultation.is_open(moment)
    if closed or any(
        saying.question is not None and not saying.question.phase.is_open(moment) for saying in sayings
    ):
        raise WrongState(
            _("This is not open for answers now. Nothing you typed is lost: copy it from the form.")
        )


def _contribution(
    response: Response, saying: Saying, terms: Terms, source: str, now: datetime
) -> Contribution:
    single = saying.kind == Kind.ANSWER
    state = _first_state(response.consultation, saying, terms)
    open_words = saying.kind != Kind.ANSWER
    return Contribution.objects.create(
        consultation=response.consultation,
        response=response,
        participant=response.participant,
        question=saying.question,
        wording=_wording(saying.question, terms.language),
        parent=saying.parent,
        kind=saying.kind,
        single=single,
        text=saying.text.strip(),
        answer=saying.answer,
        language=terms.language,
        state=state,
        may_publish=True if open_words else terms.may_publish,
        source=source,
        external_id=saying.external_id,
        received_at=now,
        decided_at=now if state == State.PUBLISHED else None,
        published_at=now if state == State.PUBLISHED else None,
    )


def _first_state(consultation: Consultation, saying: Saying, terms: Terms) -> str:
    """Words that could be shown wait for a moderator (or are shown and read afterwards); the rest is counted."""
    if saying.kind == Kind.HEARD:
        return State.PENDING
    visibility = saying.question.visibility if saying.question else Visibility.AT_ONCE
    never_shown = saying.kind == Kind.ANSWER and not terms.may_publish
    if never_shown or visibility not in Visibility.public() or not saying.text.strip():
        return State.COUNTED
    return State.PUBLISHED if consultation.moderation == Consultation.Moderation.AFTER else State.PENDING


def _wording(question: Question | None, language: str) -> Wording | None:
    if question is None:
        return None
    shown = Wording.objects.filter(question=question).order_by("-version")
    return (
        shown.filter(language=language).first()
        or shown.filter(language=question.consultation.language).first()
    )


def withdraw_response(response: Response, *, person: Person, now: datetime) -> None:
    """Takes one's own words back: they are no longer shown nor read; counts that are frozen stay.

    Raises NotAllowed for anybody else, WrongState when it was taken back before.
    """
    with transaction.atomic():
        held = Response.objects.select_for_update().select_related("participant").get(pk=response.pk)
        if held.participant.person_id != person.pk:
            raise NotAllowed(_("Only the person who said it can take it back."))
        if held.state == Response.State.WITHDRAWN:
            raise WrongState(_("This was taken back already."))
        Response.objects.filter(pk=held.pk).update(state=Response.State.WITHDRAWN, withdrawn_at=now)
        gone = list(held.contributions.exclude(state__in=[State.REJECTED, State.REMOVED]))
        Contribution.objects.filter(pk__in=[c.pk for c in gone]).update(state=State.WITHDRAWN)
        audit.write("response.withdrawn", by=None, thing=f"response:{held.pk}")
        for contribution in gone:
            contribution.state = State.WITHDRAWN
            announce(signals.contribution_withdrawn, contribution=contribution)


def say_officially(
    consultation: Consultation,
    *,
    text: str,
    parent: Contribution | None,
    by: Person,
    now: datetime,
    language: str,
) -> Contribution:
    """An official's words under a contribution, with the badge that only this service can set.

    Raises NotAllowed for anybody who is not of the asking agency.
    """
    if may_take_part(by, consultation):
        raise NotAllowed(_("Only people of the asking agency speak for it."))
    _check([Saying(text=text)])
    with transaction.atomic():
        participant, _new = Participant.objects.get_or_create(
            consultation=consultation,
            person=None,
            pseudonym=consultation.agency.name[:60],
            defaults={"language": language, "joined_at": now},
        )
        response = Response(
            consultation=consultation,
            participant=participant,
            form=f"act:{uuid.uuid4()}",
            language=language,
            behalf=Participant.Behalf.AGENCY,
            may_publish=True,
            submitted_at=now,
        )
        response.receipt_hash = receipts.hash_of(receipts.code_for(response))
        response.save()
        contribution = Contribution.objects.create(
            consultation=consultation, response=response, participant=participant, parent=parent,
            kind=Kind.COMMENT, text=text.strip(), language=language, state=State.PUBLISHED, may_publish=True,
            official=True, received_at=now, decided_at=now, published_at=now,
        )  # fmt: skip
        audit.write("official.said", by=by.pk, thing=f"contribution:{contribution.pk}")
        announce(signals.contribution_published, contribution=contribution)
    return contribution
