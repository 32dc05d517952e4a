"""Consultations for programs: in words of one's language, by pages, and never more than everybody may know."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.models import Consultation
from foundation import clock
from tests.factories.consultations import (
    choice,
    close,
    draft_page,
    released_consultation,
    released_outcome,
    released_translation,
)


def titles(found):
    return [item["title"] for item in found["items"]]


def test_the_list_says_what_everybody_may_know_of_each(ask, row):
    draft_page(title="Only a draft")
    status, found = ask("consultations")
    assert status == 200
    assert found["next"] is None
    (item,) = found["items"]
    assert item["key"] == str(row.translation_key)
    assert item["agency"] == {"slug": "water", "name": "Nadipur Water Board"}
    assert (item["state"], item["language"]) == ("open", "en")
    assert item["url"].startswith("http://localhost:8000/en/water/water-at-night")
    assert Client().get(urlsplit(item["url"]).path).status_code == 200


def test_words_come_in_the_language_asked_for_or_say_which_they_are(ask, row):
    assert ask("consultations", language="hi")[1]["items"][0]["language"] == "en"
    released_translation(row, "hi")
    found = ask("consultations", language="hi")[1]["items"][0]
    assert (found["title"], found["language"]) == ("रात में पानी", "hi")


def test_it_can_be_narrowed_by_state_and_agency(ask, db):
    released_consultation(title="Open")
    released_consultation(title="Later", opens=timedelta(days=2))
    close(released_consultation(title="Closed"))
    answered = close(released_consultation(title="Answered"))
    released_outcome(answered)
    for state, found in (
        ("open", ["Open"]),
        ("upcoming", ["Later"]),
        ("answered", ["Answered"]),
    ):
        assert titles(ask("consultations", state=state)[1]) == found
    assert set(titles(ask("consultations", state="closed")[1])) == {"Closed", "Answered"}
    assert titles(ask("consultations", agency="parks")[1]) == []
    assert len(titles(ask("consultations", agency="water")[1])) == 4


def test_pages_follow_one_another_without_gap_or_repeat_also_while_new_ones_come(ask, db):
    for number in range(5):
        released_consultation(title=f"No {number}", opens=timedelta(days=-1 - number % 2))
    everything = titles(ask("consultations")[1])
    seen, address = [], "/api/v1/consultations?limit=2"
    while address:
        found = Client().get(address).json()
        seen += titles(found)
        released_consultation(title="Newer", opens=timedelta(hours=-1))
        address = (found["next"] or "").removeprefix("http://localhost:8000")
    assert seen == everything


def test_what_was_withdrawn_is_not_there(ask, row):
    Consultation.objects.filter(pk=row.pk).update(withdrawn_at=clock.now())
    assert titles(ask("consultations")[1]) == []
    status, found = ask(f"consultations/{row.translation_key}")
    assert (status, "nothing with this key" in found["message"]) == (404, True)


def test_one_consultation_comes_with_its_questions_in_a_language(ask, db):
    row = released_consultation(questions=[choice("When?", options=["Dawn", "Dusk"])])
    released_translation(row, "hi", words={"prompt": "कब"})
    status, found = ask(f"consultations/{row.translation_key}", language="hi")
    assert status == 200
    (question,) = found["questions"]
    assert (question["prompt"], question["language"], question["instrument"]) == ("कब 1", "hi", "choice")
    assert [option["words"] for option in question["options"]] == ["कब 1.1", "कब 1.2"]
    english = ask(f"consultations/{row.translation_key}")[1]["questions"][0]
    assert [option["words"] for option in english["options"]] == ["Dawn", "Dusk"]
    assert [option["key"] for option in english["options"]] == [o["key"] for o in question["options"]]


def test_its_outcome_can_be_found(ask, row):
    assert ask(f"consultations/{row.translation_key}")[1]["outcomes"] == []
    released_outcome(close(row))
    (outcome,) = ask(f"consultations/{row.translation_key}")[1]["outcomes"]
    assert Client().get(urlsplit(outcome["url"]).path).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_list(ask, row):
    ask("consultations")
    with CaptureQueriesContext(connection) as one:
        ask("consultations")
    for number in range(2):
        released_consultation(title=f"Another {number}")
    with CaptureQueriesContext(connection) as many:
        assert len(titles(ask("consultations")[1])) == 3
    assert len(many) == len(one)


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"limit": 0}, 422),
        ({"limit": 101}, 422),
        ({"limit": 10**30}, 422),
        ({"limit": "x"}, 422),
        ({"page": 10**9}, 400),
        ({"offset": -1}, 400),
        ({"participant__person": 1}, 400),
        ({"agency__memberships__person": 1}, 400),
        ({"state": "draft"}, 422),
        ({"state__in": "open"}, 400),
        ({"agency": "water\x00"}, 422),
        ({"agency": "' OR 1=1 --"}, 422),
        ({"language": "\x00"}, 422),
        ({"language": "xx"}, 400),
        ({"after": "1"}, 400),
        ({"after": "00000000-0000-0000-0000-000000000000"}, 400),
    ],
)
def test_hostile_parameters_are_refused_in_words(ask, row, parameters, status):
    assert ask("consultations", **parameters)[0] == status


@pytest.mark.parametrize("key", ["1", "x", "%00", "00000000-0000-0000-0000-000000000000", "../../admin"])
def test_a_key_that_is_none_is_not_found(db, key):
    answer = Client().get(f"/api/v1/consultations/{key}")
    assert answer.status_code == 404
    assert answer.json()["message"]
