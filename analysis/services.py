"""The room's door: ask for a run, do what is due, correct it by hand, draft an outcome of it."""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Person
from analysis import queries, read_backs
from analysis.engines import Result, Voice, engines
from analysis.erase import look_again, spoken
from analysis.models import Coding, Finding, Run, Theme
from consultations.instruments import instruments
from consultations.models import Consultation, Contribution, OutcomePage, Question
from consultations.permissions import can_analyse
from consultations.queries import spec_for
from consultations.services import DraftAnswer, draft_outcome, reread
from foundation import audit, claims, clock
from foundation.errors import BadInput, NotAllowed, WrongState

LEASE = timedelta(minutes=15)
QUOTES = 3
THEMES = "themes"
COUNTING = "counting"


def ask_for_run(consultation: Consultation, *, engine: str = THEMES, by: Person | None, now: datetime) -> Run:
    """Puts a run down as due; the worker takes it up. `by=None` is the clock after the close.

    Raises NotAllowed for anybody who does not analyse for the agency, BadInput for an unknown engine, WrongState
    while people still answer or another run of this engine waits.
    """
    if by is not None:
        _may(by, consultation)
    if engine not in engines:
        raise BadInput(_("There is no engine “%(key)s”.") % {"key": engine})
    if not consultation.is_closed(now):
        raise WrongState(_("People can still answer. The analysis begins after the close."))
    with transaction.atomic():
        Consultation.objects.select_for_update().get(pk=consultation.pk)
        waiting = Run.objects.filter(
            consultation=consultation, engine=engine, state__in=[claims.DUE, claims.ATTEMPTING]
        )
        if waiting.exists():
            raise WrongState(_("A run waits already. It begins within a minute."))
        run = Run.objects.create(consultation=consultation, engine=engine, asked_at=now, due_at=now)
        audit.write("analysis.asked", by=by.pk if by else None, thing=f"run:{run.pk}", engine=engine)
    return run


def run_due(now: datetime) -> int:
    """Does every run that is due, one after the other; gives how many were done. Counts who was read rightly."""
    read_backs.count_due(now)
    for pk in claims.overdue_leases(Run, now=now):
        Run.objects.filter(pk=pk, state=claims.ATTEMPTING, lease_until__lte=now).update(
            state=claims.DUE, lease_until=None
        )
    done = 0
    for pk in claims.pick(Run, now=now, limit=4):
        done += analyse(pk, now=now)
    return done


def analyse(pk: int, *, now: datetime) -> bool:
    """Reads every voice that may be read and writes down themes and counts; False when another worker has the run."""
    fence = claims.claim(Run, pk, now=now, lease=LEASE)
    if fence is None:
        return False
    run = Run.objects.select_related("consultation").get(pk=pk)
    try:
        readings = _readings(run)
    except Exception as error:
        # The kind alone: the message of an error may quote what somebody said.
        claims.finish(Run, pk, fence=fence, to_state=claims.FAILED, last_error=type(error).__name__)
        raise
    with transaction.atomic():
        for reading in readings:
            if reading.question is None:
                _write(run, reading.result)
                look_again(run, [voice.id for voice in reading.voices])
            else:
                _write_finding(run, reading.question, reading, now)
        facts: dict[str, object] = {
            "finished_at": clock.now(),
            "last_error": "",
            "version": engines[run.engine].version,
            "voices": sum(len(reading.voices) for reading in readings),
            "uncoded": sum(len(reading.result.uncoded) for reading in readings),
            "parameters": next((reading.result.parameters for reading in readings), {}),
        }
        if not claims.finish(Run, pk, fence=fence, to_state=claims.DONE, **facts):
            raise WrongState(_("Another worker has taken this run over."))
        audit.write("analysis.done", by=None, thing=f"run:{pk}")
    return True


@dataclass(frozen=True)
class _Reading:
    """What the run's engine found in some voices: all of a consultation, or the answers to one question."""

    question: Question | None
    voices: list[Voice]
    result: Result


def _readings(run: Run) -> list[_Reading]:
    given: list[tuple[Question | None, QuerySet[Contribution]]]
    if run.engine == COUNTING:
        said = Contribution.objects.standing().filter(official=False, seeded=False)
        asked = run.consultation.questions.filter(retired_at__isnull=True).select_related("consultation")
        given = [(question, said.filter(question=question)) for question in asked]
    else:
        given = [(None, spoken(run.consultation))]
    readings = []
    for question, contributions in given:
        rows = contributions.order_by("pk").values_list("pk", "text", "language", "answer")
        voices = [Voice(id=pk, text=text, language=code, answer=answer) for pk, text, code, answer in rows]
        readings.append(_Reading(question, voices, engines[run.engine].read(voices)))
    return readings


def _write_finding(run: Run, question: Question, reading: _Reading, now: datetime) -> None:
    """The engine's counts under the question's own lines, in words of the language that it was asked in."""
    instrument = instruments[question.instrument]
    spec = spec_for(question, run.consultation.language)
    counts = {theme.label: theme.size for theme in reading.result.themes}
    counted = int(reading.result.figures["answered"])
    tally = instrument.counted(spec, counts, counted if instrument.lines(spec) else len(reading.voices))
    Finding.objects.update_or_create(
        run=run, question=question, defaults={"tally": asdict(tally), "as_of": now}
    )


def _write(run: Run, result: Result) -> None:
    rows = {}
    for position, theme in enumerate(result.themes):
        rows[theme.key] = Theme.objects.create(
            run=run,
            language=theme.language,
            label=theme.label[:200],
            terms=list(theme.terms),
            position=position,
        )
    Coding.objects.bulk_create(
        [
            Coding(theme=rows[c.theme_key], contribution_id=c.voice_id, weight=c.weight)
            for c in result.codings
        ],
        batch_size=500,
    )


def _may(by: Person, consultation: Consultation) -> None:
    if not can_analyse(by, consultation.agency_id):
        raise NotAllowed(_("Only analysts of the agency do this."))


def _standing(theme: Theme, by: Person) -> Theme:
    row = Theme.objects.select_for_update().select_related("run__consultation").get(pk=theme.pk)
    _may(by, row.run.consultation)
    if row.dropped_at or row.merged_into_id:
        raise WrongState(_("This theme was merged or dropped meanwhile."))
    return row


@transaction.atomic
def rename(theme: Theme, *, label: str, summary: str = "", by: Person) -> Theme:
    """Gives a theme its name and says in a few sentences what people said. Raises BadInput for an empty name."""
    if not label.strip():
        raise BadInput(_("A theme needs a name."))
    row = _standing(theme, by)
    row.label, row.summary, row.named_by_person = label.strip()[:200], summary.strip(), True
    row.save(update_fields=["label", "summary", "named_by_person"])
    audit.write("theme.renamed", by=by.pk, thing=f"theme:{row.pk}")
    return row


@transaction.atomic
def merge(theme: Theme, *, into: Theme, by: Person) -> Theme:
    """Reads every voice of a theme as the other; a voice that stood in both counts once."""
    row, target = _standing(theme, by), _standing(into, by)
    if row.pk == target.pk or row.run_id != target.run_id:
        raise BadInput(_("Choose another theme of the same run."))
    there = target.codings.values("contribution_id")
    row.codings.filter(contribution_id__in=there).delete()
    row.codings.update(theme=target)
    row.merged_into = target
    row.save(update_fields=["merged_into"])
    audit.write("theme.merged", by=by.pk, thing=f"theme:{row.pk}", into=target.pk)
    return target


@transaction.atomic
def drop(theme: Theme, *, by: Person, now: datetime) -> None:
    """Takes a theme away that says nothing; its voices stand as not read as any theme."""
    row = _standing(theme, by)
    row.dropped_at = now
    row.save(update_fields=["dropped_at"])
    audit.write("theme.dropped", by=by.pk, thing=f"theme:{row.pk}")


@transaction.atomic
def correct(contribution: Contribution, *, run: Run, to: Theme | None, by: Person) -> None:
    """Reads a voice as another theme, or as none, also in drafts of the outcome. A person's reading goes first."""
    _may(by, run.consultation)
    if contribution.consultation_id != run.consultation_id:
        raise BadInput(_("This voice belongs to another consultation."))
    before = Coding.objects.filter(theme__run=run, contribution=contribution)
    away = list(before.values_list("theme__key", flat=True))
    before.delete()
    if to is not None:
        target = _standing(to, by)
        if target.run_id != run.pk:
            raise BadInput(_("Choose a theme of this run."))
        Coding.objects.create(theme=target, contribution=contribution, weight=1.0, corrected=True)
    key = to.key if to is not None else None
    reread(run.consultation, voices=[contribution.pk], away=away, to=key, by=by)
    audit.write("voice.corrected", by=by.pk, thing=f"contribution:{contribution.pk}", run=run.pk)


def draft(run: Run, *, by: Person, now: datetime) -> OutcomePage:
    """Hands the themes down to the hall, which drafts an outcome with an empty decision.

    Quotes are offered only of voices whose authors allowed it. Raises as `draft_outcome`, and WrongState when the
    run is not done.
    """
    _may(by, run.consultation)
    if run.state != claims.DONE or run.engine == COUNTING:
        raise WrongState(_("This run is not done, or has no themes."))
    answers = []
    for theme in queries.themes_of(run):
        codings = list(
            theme.codings.order_by("-weight", "contribution_id").values_list("contribution_id", "weight")
        )
        answers.append(
            DraftAnswer(
                key=theme.key,
                label=theme.label,
                summary=theme.summary,
                quotes=_quotable(theme),
                voices=codings,
            )
        )
    return draft_outcome(
        run.consultation,
        by=by,
        answers=answers,
        figure_keys=["participants", "responses", "ideas", "supports"],
        now=now,
    )


def _quotable(theme: Theme) -> list[uuid.UUID]:
    """Up to three voices closest to the theme that may be quoted."""
    allowed = theme.codings.filter(contribution__state__in=Contribution.State.quotable()).filter(
        contribution__response__may_quote=True
    )
    return list(allowed.order_by("-weight", "pk").values_list("contribution__key", flat=True)[:QUOTES])
