"""Somebody who took part in everything is erased: no word of theirs is left anywhere, and no number changes.

Every text of every table is searched, also the tables behind the search, with the files and what is under way.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client

import accounts.services
import analysis.read_backs
import analysis.services
import ideas.services
import moderation.services
import notifications.services
import outreach.services
import records.services
import search.services
from accounts.models import Person
from analysis.models import Theme
from consultations.models import Contribution, Figure, Participant, Vote, VoteEvent
from foundation import clock
from records import verify
from records.models import Record
from tests.factories.consultations import (
    close,
    free_text,
    open_response,
    opened_agency,
    published_comment,
    published_idea,
    questions_of,
    released_consultation,
    released_outcome,
    theme,
)
from tests.factories.consultations import (
    ideas as asks_for_ideas,
)
from tests.holds.canaries import SIGN, canary
from tests.holds.living import SAID, count
from tests.people import person

pytestmark = pytest.mark.django_db
WORDS = f"{SIGN}pumps drip at {SIGN}gate; the {SIGN}pumps must be mended."
MORE = f"Every {SIGN}pump leaks, and the water runs down from the {SIGN}gate to the market."
"""Two texts with the same rare words: so they become words of a theme, though nobody else uses them."""


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    """Papers lie in a folder that can be searched."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }


def took_part(somebody: Person, commit: Callable[[], Any]) -> Any:
    """Everything that one person can do here; gives the consultation, which is closed and answered."""
    now = clock.now()
    agency = opened_agency()
    asked = released_consultation(
        questions=[free_text("Why?", visibility="after_close"), asks_for_ideas("What else?")]
    )
    question = next(each for each in questions_of(asked) if each.instrument == "ideas")
    with commit():
        came = open_response(
            asked, somebody, texts={0: WORDS}, may_publish=True, may_quote=True, behalf="organisation",
            organisation=f"{SIGN}works", paper=ContentFile(WORDS.encode(), name=f"{SIGN}paper.txt"),
        )  # fmt: skip
        voice = came.response.contributions.get()
        proposed = ideas.services.propose(
            question,
            person=somebody,
            title=f"{SIGN}taps",
            text=WORDS,
            tags=[f"{SIGN}tag"],
            language="en",
            now=now,
        )
        idea = proposed.response.contributions.get()
        theirs = published_idea(asked, person("ben"))
        remark = published_comment(theirs, somebody, WORDS)
        held = ideas.services.propose(
            question, person=somebody, title=f"{SIGN}held", text=MORE, language="en", now=now
        )
        ideas.services.support(theirs, person=somebody, now=now)
    moderation.services.run_due(clock.now())
    with commit():
        for each in (voice, idea):
            _shown(each)
        ideas.services.support(idea, person=person("ben"), now=now)
        published_comment(idea, person("ben"), "A reply of somebody else.")
    assert remark.case and held.response.contributions.get().case
    _others_speak(asked)
    with commit():
        close(asked)
        _read_as_themes(asked)
        _meant_otherwise(came.response)
        released_outcome(
            asked,
            themes=[theme(voices=[voice], quotes=[voice])],
            figures=["responses", "participants", "supports"],
        )
    outreach.services.subscribe(agency, address=f"{SIGN}two@{SIGN}post.example", language="en", now=now)
    accounts.services.ask_for_code(
        f"{SIGN}one@{SIGN}mail.example", browser="b", network="10.9.0.0/24", language="en", now=now
    )
    notifications.services.find_missing(clock.now())
    _counted()
    return asked


def _shown(contribution: Contribution) -> None:
    moderation.services.decide(contribution.case, by=person("mohan"), verdict="publish", now=clock.now())


def _others_speak(asked: Any) -> None:
    """Enough voices for themes."""
    for number, words in enumerate(SAID):
        other = accounts.services.open_account(f"n{number}@people.example", now=clock.now())
        open_response(asked, other, texts={0: words})


def _read_as_themes(asked: Any) -> None:
    for engine in (analysis.services.THEMES, analysis.services.COUNTING):
        analysis.services.ask_for_run(asked, engine=engine, by=None, now=clock.now())
    analysis.services.run_due(clock.now())


def _meant_otherwise(response: Any) -> None:
    """The author says so, and an analyst answers with the author's own words."""
    lata = person("lata")
    found = Theme.objects.filter(codings__contribution__response=response).first()
    assert found is not None
    analysis.services.rename(found, label=found.label, by=lata)
    row = analysis.read_backs.say(
        response, theme=found, rightly=False, words=WORDS, language="en", now=clock.now()
    )
    analysis.read_backs.keep(row, answer=WORDS, by=lata, now=clock.now())


def _counted() -> None:
    now = clock.now() + timedelta(seconds=1)
    count()
    for _source, _number in search.services.reindex(now=now):
        continue
    records.services.chain(now)


def numbers(asked: Any) -> dict[str, Any]:
    """Everything that was counted."""
    asked.refresh_from_db()
    rows = Contribution.objects.filter(consultation=asked).order_by("pk")
    return {
        "participants": (asked.participant_count, Participant.objects.filter(consultation=asked).count()),
        "responses": (asked.response_count, asked.responses.count()),
        "supports": list(rows.values_list("pk", "support_count", "comment_count")),
        "votes": list(Vote.objects.order_by("pk").values_list("pk", "contribution", "participant", "value")),
        "events": list(
            VoteEvent.objects.order_by("pk").values_list("pk", "contribution", "participant", "value")
        ),
        "figures": list(Figure.objects.order_by("pk").values_list("key", "value", "query_sha256")),
        "tallies": [run.findings.count() for run in asked.runs.order_by("pk")],
    }


def texts() -> Iterator[tuple[str, str]]:
    """Every row of every table as text, also of the tables behind the search."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            yield from ((table, row) for row in _rows(cursor, table))
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in cursor.fetchall():
                yield from ((table, row) for row in _rows(cursor, table))


def _rows(cursor: Any, table: str) -> Iterator[str]:
    if connection.vendor == "postgresql":
        cursor.execute(f'SELECT t::text FROM "{table}" t')
    else:
        cursor.execute(f'SELECT * FROM "{table}"')
    for row in cursor.fetchall():
        yield " ".join(_plain(value) for value in row).casefold()


def _plain(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def left_behind() -> set[str]:
    """Tables in which the sign stands."""
    return {table for table, row in texts() if SIGN in row}


def files(settings: Any) -> list[str]:
    """Files whose name or content holds the sign."""
    found = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    return [path.name for path in found if SIGN in path.name or SIGN.encode() in path.read_bytes()]


HELD = {
    "accounts_person", "accounts_contactpoint", "accounts_signincode", "consultations_contribution",
    "consultations_response", "analysis_readback", "ideas_idea", "taggit_tag", "outreach_reader",
    "search_searchentry", "analysis_theme",
}  # fmt: skip
"""Where the sign stands before: else nothing would be shown by its absence."""


def test_nothing_is_left_of_a_person_and_no_number_changes(commit: Any, settings: Any):
    somebody = canary()
    asked = took_part(somebody, commit)
    assert left_behind() >= HELD, "the canary did not get everywhere"
    assert files(settings)
    before = numbers(asked)
    with commit():
        accounts.services.erase_person(somebody, by=somebody, now=clock.now())
    assert (left_behind(), files(settings)) == (set(), []), "at once, before any job has looked"
    _counted()
    assert left_behind() == set()
    assert numbers(asked) == before
    assert not Participant.objects.filter(person=somebody).exists()


def test_themes_keep_what_others_said_and_what_staff_wrote(commit: Any):
    somebody = canary()
    asked = took_part(somebody, commit)
    themes = Theme.objects.filter(run__consultation=asked)
    before = {row.pk: row.terms for row in themes}
    touched = next(row for row in themes if SIGN in row.label)
    kept = themes.exclude(pk=touched.pk).first()
    assert kept is not None
    lata = person("lata", agency=asked.agency)
    analysis.services.rename(kept, label="Named by Lata", by=lata)
    accounts.services.erase_person(somebody, by=somebody, now=clock.now())
    others = set(re.findall(r"\w+", " ".join(Contribution.objects.values_list("text", flat=True)).lower()))
    for row in themes.all():
        assert set(row.terms) <= others and set(row.terms) >= set(before[row.pk]) & others
        assert row.label == ("Named by Lata" if row.pk == kept.pk else ", ".join(row.terms[:3]))
    touched.refresh_from_db()
    assert touched.terms, "others used words of it too"


def test_the_register_verifies_and_no_letter_goes_out_any_more(commit: Any):
    somebody = canary()
    took_part(somebody, commit)
    mail.outbox.clear()
    accounts.services.erase_person(somebody, by=somebody, now=clock.now())
    now = clock.now()
    records.services.chain(now)
    lines = [record.line() for record in Record.objects.order_by("seq")]
    assert b"person_erased" in b"".join(lines)
    assert SIGN.encode() not in b"".join(lines)
    chain = verify.Chain()
    for line in lines:
        chain.take(line)
    assert chain.seq == len(lines)
    notifications.services.run_due(now)
    outreach.services.run_due(now)
    assert SIGN not in str([(letter.to, letter.subject, letter.body) for letter in mail.outbox])


def test_the_pages_show_that_something_was_removed_and_no_word_of_it(commit: Any, client: Client):
    somebody = canary()
    asked = took_part(somebody, commit)
    outcome = asked.outcomes.get()
    addresses = [
        asked.page.get_url(),
        outcome.page.get_url(),
        f"/en/consultations/{asked.translation_key}/answers/",
    ]
    addresses += [
        "/en/ideas/",
        "/en/search/?q=pumps",
        f"/api/v1/consultations/{asked.translation_key}/contributions",
    ]
    seen = "".join(_read(client, address) for address in addresses)
    assert SIGN in seen
    with commit():
        accounts.services.erase_person(somebody, by=somebody, now=clock.now())
    for address in addresses:
        assert SIGN not in _read(client, address), address


def _read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().casefold()
