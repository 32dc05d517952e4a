"""Taking in many voices at once from another system: streamed, in batches, under the same constraints."""

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from secrets import SystemRandom

from django.db import transaction

from accounts import pseudonym
from consultations import receipts, signals
from consultations.models import (
    Batch,
    Consultation,
    Contribution,
    ImportedCount,
    Participant,
    Question,
    Response,
)
from consultations.models.voices import Channel
from consultations.services.say import LONGEST_TEXT
from foundation import audit
from foundation.announce import announce
from foundation.locks import serialise
from records.services import enter

CHUNK = 500
NOT_IN_SOURCE = "not_in_source"


@dataclass(frozen=True)
class Incoming:
    """One row to take in. `parent_id` names another row of the same source; `counts` are foreign votes by label.

    With the reason NOT_IN_SOURCE it keeps the place of a row that is missing, until that row comes.
    """

    line: int
    external_id: str
    text: str
    at: datetime
    kind: str = Contribution.Kind.ANSWER
    question: Question | None = None
    parent_id: str = ""
    language: str = "en"
    counts: dict[str, int] = field(default_factory=dict)
    state: str = ""
    reason: str = ""
    title: str = ""


@dataclass(frozen=True)
class BadRow:
    """A row that was not taken in: its line in the file, and why; or several for one reason, and the first's line."""

    line: int
    reason: str
    rows: int = 1


@dataclass
class TakenIn:
    """What became of a batch: how many were new, known before, and refused, and the keys of the new ones.

    `met` has the ids of all rows of the batch so far.
    """

    accepted: int = 0
    repeated: int = 0
    refused: int = 0
    new: dict[str, int] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)


def take_in(
    consultation: Consultation,
    rows: Iterable[Incoming | BadRow],
    *,
    source: str,
    now: datetime,
    on_bad: Callable[[BadRow], None] = lambda bad: None,
    on_new: Callable[[list[tuple[Incoming, Contribution]]], None] = lambda pairs: None,
) -> TakenIn:
    """Takes rows in, each once by (source, external id); a bad row is reported and the rest goes on.

    Rows must come with parents before children. No letters are sent and no cases opened; one record line tells of
    the whole batch. `on_new` runs in each chunk's transaction with what was new. A second run finds nothing to do,
    and of two that run at one moment each row is new to one and known before to the other. A row whose place was
    kept takes it, with what hangs below, and counts as new.
    """
    result = TakenIn()
    batch = Batch(consultation=consultation, source=source, sha256="", taken_in_at=now)
    batch.save()
    digest = hashlib.sha256()
    for chunk in _chunks(rows):
        good: list[Incoming] = []
        for row in chunk:
            bad = row if isinstance(row, BadRow) else problem_of(row)
            if bad is not None:
                result.refused += bad.rows
                on_bad(bad)
            elif isinstance(row, Incoming):
                digest.update(f"{row.external_id}\x1f{row.text}\x1e".encode())
                good.append(row)
        _take_chunk(
            consultation,
            good,
            batch,
            result,
            source=source,
            now=now,
            on_bad=on_bad,
            on_new=on_new,
        )
    with transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(
            sha256=digest.hexdigest(),
            accepted=result.accepted,
            repeated=result.repeated,
            refused=result.refused,
        )
        batch.refresh_from_db()
        audit.write("batch.taken_in", by=None, thing=f"batch:{batch.pk}", accepted=result.accepted)
        if result.accepted:
            enter(
                "batch_taken_in",
                agency=consultation.agency.slug,
                thing=str(consultation.translation_key),
                accepted=result.accepted,
                refused=result.refused,
                sha256=batch.sha256,
            )
            announce(signals.batch_taken_in, batch=batch)
    return result


def _chunks(rows: Iterable[Incoming | BadRow]) -> Iterator[list[Incoming | BadRow]]:
    it = iter(rows)
    while chunk := list(islice(it, CHUNK)):
        yield chunk


def problem_of(row: Incoming) -> BadRow | None:
    """Why a row is not taken in, whatever else there is; or nothing."""
    if not row.external_id:
        return BadRow(row.line, "the row has no id")
    if not row.text.strip() and row.state != Contribution.State.REMOVED:
        return BadRow(row.line, "the text is empty")
    if len(row.text) > LONGEST_TEXT:
        return BadRow(row.line, f"the text has {len(row.text)} characters; at most {LONGEST_TEXT} are taken")
    if "\x00" in row.text:
        return BadRow(row.line, "the text holds a NUL sign")
    return None


def _take_chunk(
    consultation: Consultation,
    rows: list[Incoming],
    batch: Batch,
    result: TakenIn,
    *,
    source: str,
    now: datetime,
    on_bad: Callable[[BadRow], None],
    on_new: Callable[[list[tuple[Incoming, Contribution]]], None],
) -> None:
    with transaction.atomic():
        serialise(f"take_in:{source}")
        known, kept = _known(rows, source)
        fresh: dict[str, Incoming] = {}
        late: list[Incoming] = []
        for row in rows:
            twice = row.external_id in result.met
            result.met.add(row.external_id)
            takes_its_place = row.external_id in kept and row.reason != NOT_IN_SOURCE
            if twice:
                result.refused += 1
                on_bad(BadRow(row.line, f"the id {row.external_id} stands in the file twice"))
            elif row.external_id in known and not takes_its_place:
                result.repeated += 1
            elif row.parent_id and not any(row.parent_id in seen for seen in (known, fresh, result.new)):
                result.refused += 1
                on_bad(BadRow(row.line, f"what it replies to ({row.parent_id}) was not taken in"))
            elif takes_its_place:
                late.append(row)
            else:
                fresh[row.external_id] = row
        made = _write(consultation, list(fresh.values()), batch, known, source, now)
        on_new(made)
        keys = known | {row.external_id: contribution.pk for row, contribution in made}
        for row in late:
            problem = _fill(row, batch, keys, now)
            if problem is None:
                result.accepted += 1
            else:
                result.refused += 1
                on_bad(problem)
    result.accepted += len(made)
    result.new.update({row.external_id: contribution.pk for row, contribution in made})


def _known(rows: list[Incoming], source: str) -> tuple[dict[str, int], set[str]]:
    """The keys of those of the rows, and of those they reply to, that came in before, by external id.

    And the ids of those that only keep a place.
    """
    wanted = {row.external_id for row in rows} | {row.parent_id for row in rows if row.parent_id}
    said = Contribution.objects.filter(source=source, external_id__in=wanted)
    found = list(said.values_list("external_id", "pk", "reason"))
    known = {external_id: pk for external_id, pk, _reason in found}
    return known, {external_id for external_id, _pk, reason in found if reason == NOT_IN_SOURCE}


def _fill(row: Incoming, batch: Batch, keys: dict[str, int], now: datetime) -> BadRow | None:
    """Puts a row where its place was kept; replies stay where they hang."""
    place = Contribution.objects.select_related("response", "participant").get(pk=keys[row.external_id])
    parent_id = keys[row.parent_id] if row.parent_id else None
    above = parent_id
    while above is not None:
        if above == place.pk:
            return BadRow(row.line, f"{row.external_id} replies to itself by way of others")
        above = Contribution.objects.values_list("parent_id", flat=True).get(pk=above)
    response, participant = place.response, place.participant
    participant.language, participant.joined_at = row.language, row.at
    participant.save(update_fields=["language", "joined_at"])
    response.batch, response.language, response.submitted_at = batch, row.language, row.at
    response.save(update_fields=["batch", "language", "submitted_at"])
    filled = _contribution(place.consultation, row, response, place.source, now)
    filled.pk, filled.key, filled.parent_id = place.pk, place.key, parent_id
    filled.save(
        update_fields=[
            *("parent", "question", "kind", "single", "text", "language", "state", "reason"),
            *("may_publish", "received_at", "decided_at", "published_at"),
        ]
    )
    _note_counts([(row, filled)], place.source)
    return None


def _write(
    consultation: Consultation,
    rows: list[Incoming],
    batch: Batch,
    known: dict[str, int],
    source: str,
    now: datetime,
) -> list[tuple[Incoming, Contribution]]:
    participants = Participant.objects.bulk_create(
        [
            Participant(
                consultation=consultation,
                pseudonym=f"{pseudonym.fresh(SystemRandom())} {uuid.uuid4().hex[:6]}",
                channel=Channel.IMPORT,
                language=row.language,
                joined_at=row.at,
            )
            for row in rows
        ]
    )
    responses = []
    for row, participant in zip(rows, participants, strict=True):
        response = Response(
            consultation=consultation,
            participant=participant,
            form=f"act:{uuid.uuid4()}",
            channel=Channel.IMPORT,
            batch=batch,
            language=row.language,
            submitted_at=row.at,
        )
        response.receipt_hash = receipts.hash_of(receipts.code_for(response))
        responses.append(response)
    responses = Response.objects.bulk_create(responses)
    made = [
        (row, _contribution(consultation, row, response, source, now))
        for row, response in zip(rows, responses, strict=True)
    ]
    Contribution.objects.bulk_create([contribution for _row, contribution in made])
    keys = known | {row.external_id: contribution.pk for row, contribution in made}
    children = []
    for row, contribution in made:
        if row.parent_id:
            contribution.parent_id = keys[row.parent_id]
            children.append(contribution)
    Contribution.objects.bulk_update(children, ["parent"])
    _note_counts(made, source)
    return made


def _note_counts(made: list[tuple[Incoming, Contribution]], source: str) -> None:
    ImportedCount.objects.bulk_create(
        [
            ImportedCount(contribution=contribution, source=source, label=label, number=number)
            for row, contribution in made
            for label, number in row.counts.items()
        ]
    )


def _contribution(
    consultation: Consultation, row: Incoming, response: Response, source: str, now: datetime
) -> Contribution:
    is_answer = row.kind == Contribution.Kind.ANSWER
    state = row.state or (Contribution.State.COUNTED if is_answer else Contribution.State.PUBLISHED)
    shown = state == Contribution.State.PUBLISHED
    return Contribution(
        consultation=consultation,
        response=response,
        participant=response.participant,
        question=row.question,
        kind=row.kind,
        single=is_answer and row.question is not None,
        text=row.text.strip(),
        language=row.language,
        state=state,
        reason=row.reason,
        may_publish=not is_answer,
        source=source,
        external_id=row.external_id,
        received_at=row.at,
        decided_at=now if shown else None,
        published_at=row.at if shown else None,
    )
