"""Contributions for programs: only what everybody may read at this moment, and no person in it."""

import csv
import io
import json
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.services import erase_person
from api.exports import cell
from consultations.models import Contribution, ImportedCount, Participant
from consultations.services import cast, recount
from foundation import clock
from tests.factories.consultations import close, ideas, open_response, published_idea, released_consultation
from tests.people import address, person


def path(row, end=""):
    return f"consultations/{row.translation_key}/contributions{end}"


def texts(found):
    return {item["text"] for item in found["items"]}


def table(row):
    """The rows of the CSV by name of column."""
    answer = Client().get(f"/api/v1/{path(row, '.csv')}")
    assert answer.status_code == 200
    words = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(words, newline="")))


def test_only_what_everybody_may_read_now_is_there_in_json_and_in_csv(ask, row, said):
    shown = {"shown at once", "shown idea", "shown comment"}
    assert texts(ask(path(row))[1]) == shown
    assert {line["text"] for line in table(row)} == shown
    close(row)
    later = shown | {"hidden until the close"}
    assert texts(ask(path(row))[1]) == later
    assert {line["text"] for line in table(row)} == later


def test_it_can_be_narrowed_and_replies_name_what_they_answer(ask, row, said):
    assert texts(ask(path(row), kind="idea")[1]) == {"shown idea"}
    assert texts(ask(path(row), kind="heard")[1]) == set()
    assert texts(ask(path(row), language="hi")[1]) == set()
    question = said["answer"].question.block_id
    assert texts(ask(path(row), question=question)[1]) == {"shown at once"}
    (comment,) = ask(path(row), kind="comment")[1]["items"]
    assert comment["reply_to"] == str(said["idea"].key)
    Contribution.objects.filter(pk=said["idea"].pk).update(state="rejected", reason="spam")
    assert ask(path(row), kind="comment")[1]["items"][0]["reply_to"] is None


def test_no_person_no_address_and_no_key_of_ours_is_in_it(ask, row, said):
    asha = person("asha")
    everything = json.dumps(ask(path(row))[1]) + json.dumps(table(row))
    for secret in (
        address("asha"),
        asha.username,
        "participant",
        "person",
        "receipt",
        "request_key",
        "external_id",
    ):
        assert secret not in everything
    allowed = {
        "key", "kind", "consultation", "question", "reply_to", "author", "official", "language", "text",
        "published_at", "support", "comments", "counted_at", "imported_counts",
    }  # fmt: skip
    assert {name for item in ask(path(row))[1]["items"] for name in item} == allowed


def test_a_name_of_one_consultation_says_nothing_about_another(ask, row, said, db):
    asha = person("asha")
    places = Participant.objects.filter(person=asha)
    assert places.count() == 1
    name = places.get().pseudonym
    assert name in json.dumps(ask(path(row))[1])
    other = released_consultation(title="Another matter", questions=[ideas("And here?")])
    from_elsewhere = published_idea(other, asha, "elsewhere")
    assert from_elsewhere.participant.pseudonym != name


def test_nobody_can_see_who_supported_what(ask, row, said):
    supporter = person("chitra")
    cast(said["idea"], person=supporter, value=1, now=clock.now())
    recount([said["idea"].pk], clock.now())
    (idea,) = ask(path(row), kind="idea")[1]["items"]
    assert (idea["support"], idea["counted_at"] is None) == (1, False)
    voter = Participant.objects.get(person=supporter).pseudonym
    assert voter not in json.dumps(idea)
    for end in ("/votes", "/supporters"):
        assert Client().get(f"/api/v1/{path(row)}/{said['idea'].key}{end}").status_code == 404


def test_numbers_that_another_system_counted_stand_apart(ask, row, said):
    ImportedCount.objects.create(contribution=said["idea"], source="consul", label="supports", number=41)
    (idea,) = ask(path(row), kind="idea")[1]["items"]
    assert idea["support"] == 0
    assert idea["imported_counts"] == [{"source": "consul", "label": "supports", "number": 41}]


def test_an_organisation_stands_under_its_name(ask, row):
    voice = open_response(
        row,
        person("ben"),
        texts={0: "We build pumps."},
        may_publish=True,
        behalf="organisation",
        organisation="Pumps Ltd",
    ).response
    Contribution.objects.filter(response=voice).update(state="published", published_at=clock.now())
    assert [item["author"] for item in ask(path(row))[1]["items"]] == ["Pumps Ltd"]


def test_who_was_erased_is_gone_from_it(ask, row, said):
    asha = person("asha")
    erase_person(asha, by=asha, now=clock.now())
    assert "shown at once" not in texts(ask(path(row))[1])
    assert "shown at once" not in {line["text"] for line in table(row)}


def test_pages_follow_one_another_without_gap_or_repeat(ask, row):
    for number in range(5):
        published_idea(row, person("ben"), f"Idea {number}")
    seen, following = [], f"/api/v1/{path(row)}?limit=2&kind=idea"
    while following:
        found = Client().get(following).json()
        seen += [item["text"] for item in found["items"]]
        parts = urlsplit(found["next"] or "")
        following = f"{parts.path}?{parts.query}" if found["next"] else ""
    assert seen == [f"Idea {number}" for number in (4, 3, 2, 1, 0)]


def test_the_number_of_queries_does_not_grow_with_what_was_said(ask, row, said):
    def cost():
        with CaptureQueriesContext(connection) as found:
            ask(path(row))
            table(row)
        return len(found)

    before = cost()
    for number in range(6):
        published_idea(row, person("ben"), f"Idea {number}")
    assert cost() == before


def test_a_long_table_comes_in_steps(row, monkeypatch):
    monkeypatch.setattr("api.conf.STEP", 2)
    for number in range(5):
        published_idea(row, person("ben"), f"Idea {number}")
    assert [line["text"] for line in table(row)] == [f"Idea {number}" for number in (4, 3, 2, 1, 0)]


HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", "  =HYPERLINK(\"x\")", "\u00a0=1",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_cell_is_run_by_a_spreadsheet(text):
    assert cell(text).startswith("'")
    assert cell(f"Quiet {text}") == f"Quiet {text}"


def test_hostile_words_reach_the_table_unharmed_and_harmless(row):
    hostile = "=cmd|' /C calc'!A0\",\r\nnext,\"line\u202e"
    idea = published_idea(row, person("ben"), hostile)
    (line,) = table(row)
    assert line["text"] == f"'{hostile}"
    assert line["key"] == str(idea.key)
    assert line["language"] == "en"
    assert None not in line


def test_the_table_of_a_consultation_without_words_is_its_head(row):
    answer = Client().get(f"/api/v1/{path(row, '.csv')}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="contributions-{row.translation_key}.csv"'
    words = b"".join(answer)
    assert words.startswith(b"\xef\xbb\xbfkey,kind,")
    assert words.count(b"\r\n") == 1


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"page": 10**9}, 400),
        ({"limit": -1}, 422),
        ({"kind": "vote"}, 422),
        ({"kind": "idea\x00"}, 422),
        ({"question": "1"}, 422),
        ({"state": "rejected"}, 400),
        ({"participant": 1}, 400),
        ({"text__startswith": "a"}, 400),
        ({"after": "00000000-0000-0000-0000-000000000000"}, 400),
        ({"language": "xx"}, 200),
    ],
)
def test_hostile_parameters_are_refused_in_words(ask, row, said, parameters, status):
    assert ask(path(row), **parameters)[0] == status


def test_the_table_takes_the_filters_of_the_list_and_no_others(row, said):
    words = b"".join(Client().get(f"/api/v1/{path(row, '.csv')}?kind=idea"))
    assert b"shown idea" in words
    assert b"shown comment" not in words
    assert Client().get(f"/api/v1/{path(row, '.csv')}?limit=1").status_code == 400
    assert Client().get(f"/api/v1/{path(row, '.csv')}?state=rejected").status_code == 400
