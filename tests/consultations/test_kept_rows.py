"""What is put back as rows is what the product made: where anything else stands, the product makes it anew."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import transaction

from accounts.models import Person
from consultations.models import Consultation, ConsultationPage, Question
from foundation.models import Approval, Outbox
from tests.factories import kept_rows
from tests.factories.consultations import free_text, open_response, published_idea, released_consultation
from tests.people import person

pytestmark = pytest.mark.django_db
FIRST: dict[str, int] = {}


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    kept_rows.count_from_the_start()


class Maker:
    """Makes Asha, and counts how often."""

    times = 0

    def __call__(self) -> int:
        self.times += 1
        return person("asha").pk


def stands() -> dict[str, list[Any]]:
    models = (Consultation, ConsultationPage, Question, Approval, Outbox, Person)
    return {model.__name__: serializers.serialize("python", model.objects.order_by("pk")) for model in models}


def test_the_second_one_is_what_the_product_made() -> None:
    with taken_back():
        made, first = released_consultation(title="Kept").pk, stands()
    with taken_back():
        assert released_consultation(title="Kept").pk == made
        assert stands() == first
        assert Consultation.objects.get().page.get_url()


def test_life_goes_on_from_rows_that_were_put_back() -> None:
    for _time in range(2):
        with taken_back():
            row = released_consultation(title="Kept and used")
            published_idea(row, person("asha"))
            assert open_response(row, person("ben")).response.pk
            assert released_consultation(title="Another").pk != row.pk


def test_it_is_made_once_where_the_same_stands_and_anew_where_anything_else_does(settings) -> None:
    make = Maker()
    for _time in range(2):
        with taken_back():
            assert kept_rows.again("somebody", make) == Person.objects.get().pk
    assert make.times == 1
    with taken_back():
        person("ben")
        kept_rows.again("somebody", make)
    assert make.times == 2
    with taken_back():
        person("chitra")  # as many rows with the same numbers, and somebody else
        kept_rows.again("somebody", make)
    assert make.times == 3
    settings.OWNER_NAME = "Another house"
    with taken_back():
        kept_rows.again("somebody", make)
    assert make.times == 4


def test_where_commits_are_looked_at_the_product_itself_is_at_work(commit: Callable[..., Any]) -> None:
    make = Maker()
    for _time in range(2):
        with taken_back(), commit():
            kept_rows.again("somebody", make)
    assert make.times == 2


def test_a_name_counts_identities_by_their_place_and_people_by_their_number() -> None:
    asha, ben = person("asha"), person("ben")
    one, two = ({"questions": [free_text("Why?")]} for _time in range(2))
    assert kept_rows.named("x", one) == kept_rows.named("x", two)
    assert kept_rows.named("x", {"by": asha}) != kept_rows.named("x", {"by": ben})
    assert kept_rows.named("x", {"title": "A"}) != kept_rows.named("x", {"title": "B"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", [1, 2])
def test_what_rows_point_to_has_the_same_number_after_tables_were_emptied(_time: int) -> None:
    """Else a page that is put back would be of no kind, and its address not found."""
    assert not Person.objects.exists()
    person("asha")
    kind = ContentType.objects.get_for_model(ConsultationPage)
    assert FIRST.setdefault("kind", kind.pk) == kind.pk
