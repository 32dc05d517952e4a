"""Every number that an outcome may state: a key that leads to a query, never a typed figure."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation, Contribution, OutcomeVoice, Participant, Response, Vote
from foundation.errors import BadInput

Query = Callable[[Consultation, str], "QuerySet[Model]"]


@dataclass(frozen=True)
class FigureKind:
    """One kind of number: what it counts in words, and the query whose rows are counted."""

    key: str
    label: object
    query: Query


@dataclass(frozen=True)
class Reading:
    """What a query gave: the number and the hash of the SQL that gave it."""

    value: Decimal
    query_sha256: str


def _responses(consultation: Consultation, _parameter: str) -> "QuerySet[Model]":
    return Response.objects.filter(consultation=consultation, state="submitted").exclude(channel="social")


def _participants(consultation: Consultation, _parameter: str) -> "QuerySet[Model]":
    return Participant.objects.filter(consultation=consultation, responses__state="submitted").distinct()


def _ideas(consultation: Consultation, _parameter: str) -> "QuerySet[Model]":
    return Contribution.objects.standing().filter(consultation=consultation, kind="idea")


def _comments(consultation: Consultation, _parameter: str) -> "QuerySet[Model]":
    return Contribution.objects.standing().filter(consultation=consultation, kind="comment", official=False)


def _supports(consultation: Consultation, _parameter: str) -> "QuerySet[Model]":
    return Vote.objects.filter(contribution__consultation=consultation, value=1)


def _theme(consultation: Consultation, parameter: str) -> "QuerySet[Model]":
    return OutcomeVoice.objects.filter(answer__outcome__consultation=consultation, answer__key=parameter)


def _option(consultation: Consultation, parameter: str) -> "QuerySet[Model]":
    """How many chose one option: `option:<question block id>/<option id>`."""
    question, _slash, option = parameter.partition("/")
    answers = Contribution.objects.standing().filter(consultation=consultation, question__block_id=question)
    chosen = [
        pk
        for pk, answer in answers.values_list("pk", "answer")
        if option in (answer or {}).get("options", [])
    ]
    return Contribution.objects.filter(pk__in=chosen)


KINDS: dict[str, FigureKind] = {
    kind.key: kind
    for kind in (
        FigureKind("responses", _("voices that came in: answers, ideas, comments"), _responses),
        FigureKind("participants", _("people and organisations who took part"), _participants),
        FigureKind("ideas", _("ideas"), _ideas),
        FigureKind("comments", _("comments"), _comments),
        FigureKind("supports", _("supports"), _supports),
        FigureKind("theme", _("voices read as one theme"), _theme),
        FigureKind("option", _("people who chose one option"), _option),
    )
}


def read(consultation: Consultation, key: str) -> Reading:
    """Asks the data for a number. Raises BadInput for a key that names no query."""
    name, _colon, parameter = key.partition(":")
    kind = KINDS.get(name)
    if kind is None:
        raise BadInput(f"There is no figure “{name}”. Known: {', '.join(KINDS)}.")
    rows = kind.query(consultation, parameter)
    sha256 = hashlib.sha256(str(rows.query).encode()).hexdigest()
    return Reading(Decimal(rows.count()), sha256)
