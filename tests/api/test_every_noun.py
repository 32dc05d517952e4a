"""What holds for everything that can be asked for, also for a noun that comes tomorrow."""

import csv
import io
import json
import re
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api import routes
from api.exports import columns
from api.nouns import nouns
from api.schema import Item, example_of, items_in, page_of
from api.views import fields
from consultations.models import Topic
from foundation import clock
from records.services import chain
from tests.holds.conftest import here  # noqa: F401 - the living site

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("every noun")]
KEYS = sorted(nouns)
PERSONAL = re.compile(
    r"person|e_?mail|address|phone|mobile|user|account|login|birth|(^|_)age$|gender|(^|_)sex$|caste|religion|\bip\b|network"
    r"|receipt|participant(?!s$)|voter|member|session|device|location|latitude|longitude|writer|submitted_by"
    r"|approved_by|external_id|request_key|handle|who\b"
)
"""Names that would hold something of a person. Pseudonyms and organisations stand in `author`, roles in `…_as`."""


@pytest.fixture(autouse=True)
def full(here):  # noqa: F811
    """The living site with a topic and a chained register."""
    topic, _new = Topic.objects.get_or_create(slug="water", defaults={"title": "Water"})
    here.open.topics.set([topic])
    chain(clock.now())
    return here


def lists(key):
    return Client().get(routes.address(nouns[key], "list"), {"limit": 100})


def first(key):
    """The address of the first of a list."""
    item = lists(key).json()["items"][0]
    name = next(name for name in ("key", "slug", "seq") if name in item)
    return routes.address(nouns[key], "one", item[name])


def fits(example, real, free=()):
    """Do an example and a real answer have the same names, and the same kinds where neither is null or empty?"""
    if example is None or real is None or example == [] or real == []:
        return True
    if isinstance(example, dict) and isinstance(real, dict):
        if set(example) != set(real):
            return False
        return all(name in free or fits(example[name], real[name], free) for name in example)
    if isinstance(example, list) and isinstance(real, list):
        return fits(example[0], real[0], free)
    return type(example) is type(real)


def all_items(item, seen=None):
    """An item and all those within it."""
    seen = seen if seen is not None else {}
    seen[item.__name__] = item
    for field in item.model_fields.values():
        inner = items_in(field.annotation)
        if inner and inner.__name__ not in seen:
            all_items(inner, seen)
    return list(seen.values())


def test_the_nouns_are_those_of_the_house():
    assert KEYS == ["agencies", "consultations", "contributions", "outcomes", "posts", "records", "topics"]


@pytest.mark.parametrize("key", KEYS)
def test_every_example_has_the_shape_of_a_real_answer(key):
    """Free are only maps whose names belong to the data: settings of an instrument, the body of a record."""
    noun, free = nouns[key], ("settings", "body")
    page, one = lists(key).json(), Client().get(first(key)).json()
    assert page["items"], "nothing real to compare with"
    for item, real in ((page_of(noun.item), page), (noun.whole, one)):
        example = json.loads(item.model_validate(example_of(item)).model_dump_json())
        item.model_validate(real)
        assert fits(example, real, free), (example, real)


def test_the_comparison_of_shapes_sees_planted_faults():
    real = {"a": 1, "b": [{"c": "x"}]}
    assert fits(real, {"a": 2, "b": []})
    for wrong in ({"a": 1}, {"a": 1, "b": [{"d": "x"}]}, {"a": "1", "b": [{"c": "x"}]}, {**real, "e": 1}):
        assert not fits(wrong, real), wrong


def test_the_description_names_every_address_and_shows_every_example():
    description = Client().get("/api/v1/openapi.json").json()
    for key in KEYS:
        for place in ("list", "csv", "ndjson"):
            assert routes.address(nouns[key], place) in description["paths"]
        assert f"/api/v1/{key}/{{key}}" in description["paths"]
    assert all(set(acts) == {"get"} for acts in description["paths"].values())
    named = [act["get"]["operationId"] for act in description["paths"].values()]
    assert len(set(named)) == len(named)
    for acts in description["paths"].values():
        media = acts["get"]["responses"]["200"]["content"]
        (kind, told), *_others = media.items()
        if kind == "application/json":
            model = told["schema"]["$ref"].rpartition("/")[2]
            assert description["components"]["schemas"][model]["example"]
        else:
            assert told["example"]


@pytest.mark.parametrize("key", KEYS)
def test_every_field_says_what_it_means_and_has_an_example(client, key):
    noun = nouns[key]
    for item in all_items(noun.whole):
        for name, field in item.model_fields.items():
            assert len(field.description or "") > 5, f"{item.__name__}.{name}"
            assert field.examples or items_in(field.annotation), f"{item.__name__}.{name}"
    for name, field in noun.which.model_fields.items():
        assert len(field.description or "") > 5, name


@pytest.mark.parametrize("key", KEYS)
def test_the_page_of_help_explains_every_field_of_a_real_answer_and_every_column(client, key):
    page = client.get(f"/en/data/{key}/")
    words = page.content.decode()
    explained = {field["name"].replace("[]", "") for field in fields(nouns[key].whole)}
    for name in explained:
        assert f'id="field-{name}"' in words.replace("[]", ""), name
    assert explained >= set(columns(nouns[key].whole))
    assert explained >= set(Client().get(first(key)).json())
    assert "What each field means" in words
    assert len(page.content) < 60_000
    assert not page.cookies
    assert "<script>" not in words
    assert " style=" not in words


def test_nothing_of_a_person_is_in_any_field():
    found = [
        f"{item.__name__}.{name}"
        for key in KEYS
        for item in all_items(nouns[key].whole)
        for name in item.model_fields
        if PERSONAL.search(name)
    ]
    assert found == []
    assert all(
        PERSONAL.search(name)
        for name in ("person", "email", "ip", "participant_id", "approved_by", "address")
    )
    assert not PERSONAL.search("participants")


def test_no_person_of_the_living_site_is_in_any_answer(full):
    for key in KEYS:
        said = b"".join(Client().get(routes.address(nouns[key], "ndjson"))).decode()
        said += Client().get(first(key)).content.decode()
        for somebody in full.people.values():
            assert somebody.username not in said, key
            assert "@people.example" not in said, key


@pytest.mark.parametrize("key", KEYS)
def test_all_of_it_is_the_same_by_pages_as_table_and_as_lines(key):
    noun = nouns[key]
    by_pages, address = [], f"{routes.address(noun, 'list')}?limit=2"
    while address:
        page = Client().get(address).json()
        by_pages += page["items"]
        parts = urlsplit(page["next"] or "")
        address = f"{parts.path}?{parts.query}" if page["next"] else ""
    answer = Client().get(routes.address(noun, "ndjson"))
    assert answer["Content-Type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in b"".join(answer).splitlines()]
    assert lines == by_pages
    table = b"".join(Client().get(routes.address(noun, "csv"))).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert rows[0] == columns(noun.item)
    assert len(rows) == len(by_pages) + 1
    one = b"".join(Client().get(first(key) + ".csv")).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(one, newline=""))) == columns(noun.whole)


@pytest.mark.parametrize("key", KEYS)
def test_what_was_not_changed_is_not_sent_again(key, monkeypatch):
    for address in (routes.address(nouns[key], "list"), first(key)):
        answer = Client().get(address)
        assert answer["Cache-Control"].startswith("public")
        again = Client().get(address, headers={"if-none-match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == answer["ETag"]
        assert again["Cache-Control"] == answer["Cache-Control"]
        since = Client().get(address, headers={"if-modified-since": answer["Last-Modified"]})
        assert since.status_code == 304
        assert Client().get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_what_was_changed_is_sent_again_even_within_the_second(full, monkeypatch):
    moment = clock.now()
    monkeypatch.setattr("foundation.clock.now", lambda: moment)
    address = routes.address(nouns["topics"], "list")
    before = Client().get(address)
    Topic.objects.filter(slug="water").update(title="Drinking water")
    for mark in (
        {"if-none-match": before["ETag"]},
        {"if-modified-since": before["Last-Modified"]},
    ):
        after = Client().get(address, headers=mark)
        assert after.status_code == 200
        assert "Drinking water" in after.content.decode()


@pytest.mark.parametrize("key", KEYS)
def test_the_number_of_queries_of_a_list_does_not_hang_on_its_length(key):
    def cost(limit):
        with CaptureQueriesContext(connection) as asked:
            Client().get(routes.address(nouns[key], "list"), {"limit": limit})
        return len(asked)

    cost(1)
    assert abs(cost(100) - cost(1)) <= 2


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "bad", ["after=%00", "after=' OR 1=1", "limit=0", "limit=x", "person=1", "after=zz-zz"]
)
def test_hostile_parameters_are_refused_in_words(key, bad):
    answer = Client().get(f"{routes.address(nouns[key], 'list')}?{bad}")
    assert answer.status_code in (400, 422)
    assert set(answer.json()) == {"title", "message"}
    assert "OR 1=1" not in answer.content.decode()


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "one", ["x", "-1", "99999999999999999999999", "00000000-0000-0000-0000-000000000000", "%D9%A3"]
)
def test_a_key_that_is_none_is_not_found(key, one):
    for end in ("", ".csv"):
        answer = Client().get(f"/api/v1/{key}/{one}{end}")
        assert answer.status_code == 404
        assert answer.json()["message"]


def test_an_item_without_help_would_be_seen():
    class Bare(Item):
        name: str

    assert [name for name, field in Bare.model_fields.items() if not field.description] == ["name"]
