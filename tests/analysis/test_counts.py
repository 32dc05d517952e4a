"""The run that counts: the engine's figures stand under the question's own words, and agree with the public tally."""

import pytest

from analysis import services
from analysis.engines import engines
from analysis.models import Finding, Run
from consultations.models import Contribution
from consultations.queries import spec_for, tally_of
from foundation import clock
from tests.factories.consultations import (
    choice,
    close,
    free_text,
    ideas,
    open_response,
    published_idea,
    questions_of,
    rating,
    released_consultation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(asha, ben, chitra):
    """A closed consultation with one of each instrument, answered by three, one of whom took a part back."""
    asked = released_consultation(
        questions=[free_text("Why?"), choice("When?", most=2), rating("How good?"), ideas("What else?")]
    )
    _why, when, _how, _else = questions_of(asked)
    morning, noon, night = (option["id"] for option in when.settings["options"])
    for who, options, points in ((asha, [morning, night], 2), (ben, [night], 5), (chitra, [noon], 5)):
        given = {1: {"options": options}, 2: {"points": points}}
        open_response(asked, who, texts={0: "Because."}, answers=given)
    Contribution.objects.filter(question=when, participant__person=chitra).update(
        state=Contribution.State.WITHDRAWN
    )
    published_idea(asked, ben)
    return close(asked)


@pytest.fixture
def run(counted):
    found = services.ask_for_run(counted, engine=services.COUNTING, by=None, now=clock.now())
    assert services.run_due(clock.now()) == 1
    found.refresh_from_db()
    return found


def findings(run: Run) -> list[dict]:
    return [row.tally for row in run.findings.order_by("question__position")]


def test_each_question_has_its_exact_count_in_its_own_words(run):
    why, when, how, more = findings(run)
    assert [(line["label"], line["count"]) for line in when["lines"]] == [
        ("In the morning", 1),
        ("At noon", 0),
        ("At night", 2),
    ]
    assert [line["percent"] for line in when["lines"]] == [50.0, 0.0, 100.0]
    assert [line["count"] for line in how["lines"]] == [0, 1, 0, 0, 2]
    assert (when["answered"], how["answered"], how["mean"]) == (2, 3, 4.0)
    assert (why["answered"], why["lines"], more["answered"]) == (3, [], 1)


def test_it_is_the_registered_engine_that_counts(run, counted, monkeypatch):
    assert (run.engine, run.version, run.voices) == ("counting", engines["counting"].version, 9)
    asked = []
    read = type(engines["counting"]).read
    monkeypatch.setattr(
        type(engines["counting"]),
        "read",
        lambda self, voices: asked.append(len(voices)) or read(self, voices),
    )
    services.ask_for_run(counted, engine="counting", by=None, now=clock.now())
    services.run_due(clock.now())
    assert asked == [3, 2, 3, 1]


def test_what_the_engine_counted_is_what_everybody_reads(run):
    for finding in Finding.objects.filter(run=run).select_related("question__consultation"):
        public = tally_of(finding.question, spec_for(finding.question, "en"))
        assert finding.tally["answered"] == public.answered
        assert [line["count"] for line in finding.tally["lines"]] == [line.count for line in public.lines]
        assert finding.tally["mean"] == public.mean


def test_an_engine_that_fails_leaves_no_half_count(counted, monkeypatch):
    run = services.ask_for_run(counted, engine="counting", by=None, now=clock.now())
    calls = []

    def read(self, voices):
        calls.append(1)
        if len(calls) == 3:
            raise ValueError("broken")
        return whole(self, voices)

    whole = type(engines["counting"]).read
    monkeypatch.setattr(type(engines["counting"]), "read", read)
    with pytest.raises(ValueError, match="broken"):
        services.run_due(clock.now())
    run.refresh_from_db()
    assert (run.state, run.findings.count()) == ("failed", 0)
