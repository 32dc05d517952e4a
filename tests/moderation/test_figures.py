"""Public figures: the backlog beyond a day, decisions by reason, flags and appeals; nobody is found behind a number."""

import csv
from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.services import open_account
from consultations.models import Contribution
from foundation import clock
from moderation import queries, services
from moderation.models import Case, Decision
from moderation.veil import FEW, HIDDEN, LEAST, veiled
from moderation.views.figures import lasted
from tests.factories.consultations import ideas, opened_agency, released_consultation
from tests.moderation.conftest import case_for, flagged_by
from tests.people import person

PAGE, CSV = "moderation:figures", "moderation:figures_csv"


def many(asked, mohan, verdicts):
    """Decisions as they are listed: a reason, or nothing for what is shown."""
    for number, reason in enumerate(verdicts):
        somebody = open_account(f"said-{number}@people.example", now=clock.now())
        case = case_for(asked, somebody, f"Said {number}")
        verdict = "reject" if reason else "publish"
        services.decide(case, by=mohan, verdict=verdict, reason=reason, now=clock.now())


def test_counts_by_agency_and_reason(asked, asha, ben, chitra, mohan):
    for somebody, verdict, reason in ((asha, "publish", ""), (ben, "reject", "spam"), (chitra, "hold", "")):
        services.decide(case_for(asked, somebody), by=mohan, verdict=verdict, reason=reason, now=clock.now())
    (line,) = queries.figures(clock.now())
    assert (line.agency, line.published, line.held, line.rejected) == (asked.agency, 1, 1, {"spam": 1})
    assert (line.waiting, line.late, line.overlong, line.refused) == (1, 0, 0, 1)


def test_small_numbers_are_not_said_and_large_ones_are(client, asked, mohan):
    many(asked, mohan, ["spam"] * 6 + ["hate"] * 2 + [""] * 5)
    page = client.get(reverse(PAGE)).content.decode()
    assert "It degrades people for what they are" in page and "fewer than 5" in page
    assert "not shown, by reason" in page
    lines = {(row["figure"], row["reason"]): row["number"] for row in table(client)}
    assert lines["not_shown", "hate"] == "1-4" and lines["not_shown", "spam"] == "hidden"
    assert lines["not_shown", ""] == "8" and lines["shown", ""] == "5"


def table(client):
    answer = client.get(reverse(CSV))
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(answer.content.decode().splitlines()))


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30)))
def test_no_small_number_can_be_worked_out_from_the_sum(counts):
    seen = veiled(counts)
    assert list(seen) == list(counts)
    assert all(value != counts[key] for key, value in seen.items() if 0 < counts[key] < LEAST)
    shut = [key for key, value in seen.items() if value in (FEW, HIDDEN)]
    assert len(shut) != 1 or sum(1 for n in counts.values() if n) == 1
    assert all(seen[key] == n for key, n in counts.items() if key not in shut)


def test_what_waits_for_more_than_a_day_stands_there_whatever_was_promised(client, asked, asha, ben):
    asked.agency.__class__.objects.update(moderation_hours=72)
    asked.agency.refresh_from_db()
    old, _new = case_for(asked, asha), case_for(asked, ben)
    Case.objects.filter(pk=old.pk).update(opened_at=clock.now() - timedelta(hours=25))
    (line,) = queries.figures(clock.now())
    assert (line.waiting, line.late, line.overlong) == (2, 0, 1)
    later = case_for(asked, person("chitra")).due_at + timedelta(days=400)
    (line,) = queries.figures(later)
    assert (line.waiting, line.late, line.overlong) == (3, 3, 3)
    assert "of them for more than 24 hours" in client.get(reverse(PAGE)).content.decode()


def test_the_median_is_that_of_first_decisions(asked, mohan):
    many(asked, mohan, [""] * 5)
    for number, row in enumerate(Decision.objects.order_by("pk"), start=1):
        came = row.at - timedelta(hours=number)
        Contribution.objects.filter(case=row.case).update(received_at=came)
    again = Case.objects.first()
    services.reopen(again, by=mohan, now=clock.now() + timedelta(days=9))
    services.decide(again, by=mohan, verdict="publish", now=clock.now() + timedelta(days=9))
    (line,) = queries.figures(clock.now() + timedelta(days=10))
    assert line.median == timedelta(hours=3)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (None, "too few to say"),
        (timedelta(seconds=3), "1 minute"),
        (timedelta(minutes=89), "89 minutes"),
        (timedelta(hours=3), "3 hours"),
        (timedelta(days=60), "1,440 hours"),
    ],
)
def test_how_long_in_words(span, words):
    assert lasted(span) == words


def test_flags_appeals_and_what_chance_drew_are_counted_and_what_waits_unasked_is_not(
    client, asked, asha, ben, mohan, omana, settings
):
    settings.REVIEWED_UNASKED_PERCENT = 100
    shown = case_for(asked, ben)
    services.decide(shown, by=mohan, verdict="publish", now=clock.now())
    flagged_by(asha, Contribution.objects.get(pk=shown.contribution_id), "hate")
    case = case_for(asked, asha)
    services.decide(case, by=mohan, verdict="reject", reason="spam", now=clock.now())
    words = Contribution.objects.get(pk=case.contribution_id)
    appeal = services.appeal(words, words="No", language="en", now=clock.now())
    (line,) = queries.figures(clock.now())
    assert line.flags == {"hate": 1} and line.appeals == {"waiting": 1, "upheld": 0, "reversed": 0}
    assert line.unasked == {"upheld": 0, "reversed": 0}
    services.review(appeal, by=omana, verdict="upheld", reason="spam", answer="No.", now=clock.now())
    (line,) = queries.figures(clock.now())
    assert line.appeals == {"waiting": 0, "upheld": 1, "reversed": 0}
    assert "Looked at by the ombuds moderator" in client.get(reverse(PAGE)).content.decode()


def test_reading_sets_no_cookie_and_costs_the_same_for_many(
    client, asked, asha, mohan, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(30) as captured:
            page = client.get(reverse(PAGE))
        assert page.status_code == 200 and not page.cookies and "Cookie" not in page.get("Vary", "")
        return len(captured)

    services.decide(case_for(asked, asha), by=mohan, verdict="publish", now=clock.now())
    cost()
    few = cost()
    for number in range(2):
        agency = opened_agency(f"parks-{number}")
        other = released_consultation(title=f"More {number}", questions=[ideas()], agency=agency)
        case_for(other, asha)
    assert cost() == few <= 14


def test_before_anything_was_decided_the_page_says_so(client, db):
    assert "Nothing has been decided yet." in client.get(reverse(PAGE)).content.decode()
    assert table(client) == []


def test_they_are_counted_once_in_a_minute_and_say_of_when_they_are(client, asked, asha, ben, time_machine):
    start = clock.now()
    time_machine.move_to(start, tick=False)
    case_for(asked, asha)
    lines = [{row["number"] for row in table(client) if row["figure"] == "waiting"} for _time in range(2)]
    case_for(asked, ben)
    for seconds in (59, 61):
        time_machine.move_to(start + timedelta(seconds=seconds), tick=False)
        lines.append({row["number"] for row in table(client) if row["figure"] == "waiting"})
    assert lines == [{"1"}, {"1"}, {"1"}, {"2"}]
    assert {row["as_of"] for row in table(client)} == {clock.now().isoformat(timespec="seconds")}
