"""Announcements and audit lines go out after commit, and only then."""

import logging

import pytest
from django.db import transaction
from django.dispatch import Signal

from foundation import audit
from foundation.announce import announce, quietly

pytestmark = pytest.mark.django_db


@pytest.fixture
def signal():
    return Signal()


def test_receivers_hear_the_facts_after_commit_and_not_before(signal, commit):
    heard = []
    signal.connect(lambda **facts: heard.append(facts["contribution"]), weak=False)
    with commit():
        announce(signal, contribution=7)
        assert heard == []
    assert heard == [7]


def test_nothing_is_said_of_what_was_rolled_back(signal, commit):
    heard = []
    signal.connect(lambda **facts: heard.append(facts), weak=False)
    with commit(), pytest.raises(ZeroDivisionError), transaction.atomic():
        announce(signal, contribution=7)
        audit.write("voted", by=1, thing="contribution:7")
        1 / 0  # noqa: B018
    assert heard == []


def test_one_receivers_failure_is_logged_and_the_others_still_hear(signal, commit, caplog):
    def broken(**facts):
        raise RuntimeError("no paper in the printer")

    heard = []
    signal.connect(broken, weak=False)
    signal.connect(lambda **facts: heard.append(facts), weak=False)
    with commit():
        announce(signal, contribution=7)
    assert len(heard) == 1
    assert "no paper in the printer" in caplog.text


def test_an_audit_line_says_who_did_what_to_what_after_commit(commit, caplog):
    with caplog.at_level(logging.INFO, logger="audit"), commit():
        audit.write("publish", by=7, thing="contribution:9", reason="ok", name="codes may be called anything")
        assert not caplog.records
    (line,) = caplog.records
    assert (line.act, line.by, line.thing) == ("publish", 7, "contribution:9")
    assert line.facts["reason"] == "ok"


def test_the_clock_acts_without_a_person(commit, caplog):
    with caplog.at_level(logging.INFO, logger="audit"), commit():
        audit.write("close", by=None, thing="consultation:1")
    assert caplog.records[0].by is None


def test_quietly_nobody_hears_and_afterwards_they_do_again(signal, commit):
    heard = []
    signal.connect(lambda **facts: heard.append(facts["contribution"]), weak=False)
    with commit():
        with quietly():
            announce(signal, contribution=7)
        announce(signal, contribution=8)
    assert heard == [8]
