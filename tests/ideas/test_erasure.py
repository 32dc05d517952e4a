"""Who is erased leaves no title, no tag and no word for comparing behind."""

import pytest
from django.db import connection

from accounts.services import erase_person
from consultations.services.erase import erase_traces
from foundation import clock
from ideas import services
from ideas.models import Idea, TaggedIdea
from tests.ideas.conftest import shown


def everything():
    rows = Idea.objects.values_list("title", "normal", "category")
    return " ".join(" ".join(row) for row in rows)


def test_title_tags_and_plain_words_go_and_others_stay(question, asha, ben):
    shown(question, asha, "Canary title", "canary words", tags=["canary"])
    kept = shown(question, ben, "Kept title", "kept words", tags=["water"])
    erase_person(asha, by=asha, now=clock.now())
    assert "canary" not in everything().casefold() and "kept" in everything().casefold()
    assert [tagged.content_object for tagged in TaggedIdea.objects.all()] == [kept.idea]
    assert Idea.objects.count() == 2


def test_it_does_not_matter_whether_the_hall_was_told_first(question, asha):
    shown(question, asha, "Canary title", "canary words", tags=["canary"])
    erase_traces(asha)
    services.forget(asha)
    assert "canary" not in everything().casefold() and not TaggedIdea.objects.exists()


@pytest.mark.parametrize("table", ["ideas_idea", "ideas_taggedidea"])
def test_no_table_of_this_room_names_a_person(db, table):
    with connection.cursor() as cursor:
        keys = connection.introspection.get_relations(cursor, table)
    assert "accounts_person" not in {found[1] for found in keys.values()}
