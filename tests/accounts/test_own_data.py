"""A person takes everything along: every table and column that leads to somebody is decided about."""

import io
import json
import re
import zipfile

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from django.test import Client

from accounts.download import everything_of, given, kept_back
from accounts.models import Person
from accounts.services import erase_person
from consultations.models import Response
from foundation import clock
from tests.accounts.factors import with_app
from tests.holds.conftest import here
from tests.holds.living import Living
from tests.people import signed_in

__all__ = ["here"]
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("own data")]
FILE = "/en/account/my-data/samvad-my-data.zip"
PLAIN_KEY = re.compile(r"^person$|^by$|_by$|^person_id$|^user_id$")
"""Columns with the number of a person and no foreign key (docs/adr/0014)."""
NUMBERS = (models.IntegerField, models.BigIntegerField, models.PositiveIntegerField)


def label(model) -> str:
    return model._meta.label


def columns_that_lead_to_somebody() -> set[str]:
    """From Person along every foreign key, through all tables that are given; and plain keys of people."""
    found, seen, waiting = set(), set(), [Person]
    every = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    while waiting:
        goal = waiting.pop()
        for model in every:
            for field in model._meta.local_fields + model._meta.local_many_to_many:
                if field.is_relation and field.related_model is goal and not field.many_to_many:
                    found.add(f"{label(model)}.{field.name}")
                    if label(model) in given and model not in seen:
                        seen.add(model)
                        waiting.append(model)
    for model in every:
        for field in model._meta.local_fields:
            if isinstance(field, NUMBERS) and PLAIN_KEY.search(field.name):
                found.add(f"{label(model)}.{field.name}")
    return found


def undecided(columns: set[str]) -> list[str]:
    """Those of a table that is given are decided by its way to the person; others need a reason."""
    return sorted(each for each in columns if each.rpartition(".")[0] not in given and each not in kept_back)


def test_every_column_that_leads_to_somebody_is_decided_about():
    found = columns_that_lead_to_somebody()
    assert len(found) > 40
    assert {
        "consultations.Contribution.participant",
        "moderation.Case.contribution",
        "foundation.Writer.person",
    } <= found
    assert undecided(found) == [], (
        "say in the room's own_data.py whose rows these are, or why they are kept back"
    )


def test_a_new_table_with_a_key_to_a_person_is_noticed(monkeypatch):
    for one in ("ideas.Idea", "notifications.Letter"):
        monkeypatch.delitem(given, one)
    monkeypatch.delitem(kept_back, "moderation.Case.contribution")
    missing = {"ideas.Idea.contribution", "moderation.Case.contribution", "notifications.Letter.person"}
    assert missing <= set(undecided(columns_that_lead_to_somebody()))


def test_no_decision_is_about_what_is_not_there():
    for each in given.values():
        fields = {field.name for field in apps.get_model(each.label)._meta.get_fields()}
        assert set(each.without) <= fields, each.label
    for column in kept_back:
        model, _dot, field = column.rpartition(".")
        if model.partition("_")[0] != "accounts.Person":
            assert apps.get_model(model)._meta.get_field(field), column


def unpacked(answer) -> dict:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as folder:
        return json.loads(folder.read("my-data.json"))["tables"]


def test_somebody_who_took_part_finds_all_of_it_and_nothing_of_others(here: Living):
    asha, ben = here.people["asha"], here.people["ben"]
    tables = unpacked(signed_in(asha).get(FILE))
    assert set(tables) == set(given)
    words = [row["text"] for row in tables["consultations.Contribution"]]
    assert "A tap at the market\n\nOne tap and a drain, near the gate." in words
    assert [row["address"] for row in tables["accounts.ContactPoint"]] == ["asha@people.example"]
    assert tables["consultations.Participant"][0]["person"] == asha.pk
    assert tables["ideas.Idea"][0]["title"] == "A tap at the market"
    assert tables["notifications.Letter"]
    assert tables["accounts.OpenSession"]
    told = json.dumps(tables)
    assert "ben@" not in told
    assert "The best tanks in town" not in told
    his = unpacked(signed_in(ben).get(FILE))
    assert his["consultations.VoteEvent"][0]["participant"] in [
        row["id"] for row in his["consultations.Participant"]
    ]
    assert "asha@" not in json.dumps(his)


def test_the_file_holds_no_secret(here: Living):
    esha = here.people["esha"]
    secret = with_app(esha)
    browser = signed_in(esha)
    told = json.dumps(unpacked(browser.get(FILE)))
    assert '"totp"' in told
    for hidden in (secret, esha.password, browser.session.session_key, esha.contact_points.get().address_key):
        assert hidden not in told


def test_a_paper_goes_along(here: Living):
    row = Response.objects.filter(participant__person=here.people["asha"]).order_by("pk").first()
    row.paper.save("map.txt", ContentFile(b"the gate is here"))
    with zipfile.ZipFile(io.BytesIO(signed_in(here.people["asha"]).get(FILE).content)) as folder:
        papers = [name for name in folder.namelist() if name.startswith("papers/")]
        assert len(papers) == 1
        assert folder.read(papers[0]) == b"the gate is here"
    with zipfile.ZipFile(io.BytesIO(signed_in(here.people["ben"]).get(FILE).content)) as folder:
        assert folder.namelist() == ["my-data.json"]


def test_the_file_is_for_its_owner_alone_and_no_cache_keeps_it(here: Living):
    assert Client().get(FILE).url.startswith("/en/account/sign-in/")
    answer = signed_in(here.people["asha"]).get(FILE)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith("attachment")
    with_app(here.people["anil"])
    waits = signed_in(here.people["anil"], second_factor=False).get(FILE)
    assert waits.url.startswith("/en/account/second-factor/")


def test_an_erased_person_leaves_only_what_privacy_says(here: Living):
    chitra = here.people["chitra"]
    erase_person(chitra, by=chitra, now=clock.now())
    left = {name for name, rows in everything_of(chitra).items() if rows}
    assert left == {"accounts.Person"}
