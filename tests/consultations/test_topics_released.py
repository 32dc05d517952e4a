"""Topics of consultations: released and approved like words; lists narrowed by them cost the same however many."""

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.models import ConsultationPage, Topic
from tests.consultations.test_filters import LIST, narrowed, titles
from tests.factories import consultations as made
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def test_a_list_costs_the_same_for_one_row_and_for_many():
    def cost(**query: str) -> int:
        Client().get(reverse(LIST, query=query))
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(reverse(LIST, query=query)).status_code == 200
        return len(captured)

    made.released_consultation(title="One", topics=["water"])
    narrow = {"topic": "water", "agency": "water", "language": "en"}
    few = cost(), cost(**narrow)
    for number in range(2):
        agency = made.opened_agency(f"office-{number}")
        made.released_consultation(
            title=f"Other {number}", agency=agency, topics=[f"topic-{number}", "water"]
        )
        made.released_translation(made.released_consultation(title=f"More {number}", topics=["water"]))
    assert (cost(), cost(**narrow)) == few
    assert max(few) <= 20


def test_topics_come_with_the_release_and_are_approved_like_words():
    row = made.released_consultation(title="Pipes", topics=["water"])
    assert [topic.slug for topic in row.topics.all()] == ["water"]
    page = ConsultationPage.objects.get(pk=row.page_id)
    assert page.is_approved()

    page.topics = [made.topic("schools"), made.topic("water")]
    page.save()
    assert not ConsultationPage.objects.get(pk=row.page_id).is_approved()
    made.edited(row, topics=[made.topic("water"), made.topic("schools")])
    assert ConsultationPage.objects.get(pk=row.page_id).is_approved()
    assert titles(narrowed(topic="schools")) == ["Pipes"]
    made.edited(row, topics=[])
    assert titles(narrowed(topic="schools")) == []
    assert not row.topics.exists()


def test_a_page_without_topics_keeps_the_approval_that_it_had_before_there_were_any():
    from consultations.models.approved import words_sha256  # noqa: PLC0415

    assert words_sha256({"title": "Pipes", "topics": []}) == words_sha256({"title": "Pipes"})
    assert (
        words_sha256({"topics": [2, 1]}) == words_sha256({"topics": [1, 2]}) != words_sha256({"topics": [1]})
    )


def test_a_topic_that_something_is_about_cannot_be_deleted():
    made.released_consultation(topics=["water"])
    with pytest.raises(ProtectedError):
        Topic.objects.get(slug="water").delete()


def test_topics_are_written_at_the_centre(pavan, esha):
    made.opened_agency()
    form = {"title": "Roads", "slug": "roads", "titles-TOTAL_FORMS": "1", "titles-INITIAL_FORMS": "0",
            "titles-MIN_NUM_FORMS": "0", "titles-MAX_NUM_FORMS": "1000", "titles-0-id": "", "titles-0-DELETE": "",
            "titles-0-language": "hi", "titles-0-title": "सड़कें"}  # fmt: skip
    assert signed_in(esha).post(reverse("topics:add"), form)["Location"] == "/admin/"
    assert not Topic.objects.exists()
    assert signed_in(pavan).post(reverse("topics:add"), form).status_code == 302
    assert Topic.objects.get().title_in("hi") == "सड़कें" and Topic.objects.get().title_in("ar") == "Roads"
