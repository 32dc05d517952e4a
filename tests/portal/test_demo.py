"""The small living site: whole or not at all, the same everywhere, and only where nothing else stands."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from accounts.models import Agency, Person
from accounts.queries import has_role
from accounts.roles import Role
from analysis.models import Run
from consultations.models import Consultation, Contribution, Figure, Outcome
from consultations.models.approved import SecondPersonTask
from consultations.services import code_of
from foundation import clock
from foundation.errors import NotAllowed
from ideas.models import Idea
from moderation.models import Case
from outreach.models import Delivery, Post
from outreach.services import approve
from portal.demo import build as building
from portal.demo.people import CENTRE, CITIZENS, OFFICIALS, PASSWORD, address
from portal.demo.plan import key_of
from tests.people import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nadipur"), pytest.mark.xdist_group("nadipur")]
NOW = clock.now()


def _sorted(rows: Any) -> list[Any]:
    return sorted(rows, key=repr)


def snapshot() -> dict[str, list[Any]]:
    """What stands there, without keys that are drawn."""
    said = Contribution.objects.values_list(
        "text", "state", "kind", "language", "support_count", "comment_count"
    )
    return {
        "people": _sorted(Person.objects.values_list("email", "language", "date_joined")),
        "said": _sorted(said),
        "moments": _sorted(Contribution.objects.values_list("text", "received_at", "decided_at")),
        "asked": _sorted(
            Consultation.objects.values_list("translation_key", "title", "opens_at", "closes_at")
        ),
        "counts": _sorted(Consultation.objects.values_list("title", "participant_count", "response_count")),
        "themes": _sorted(Run.objects.values_list("themes__label", "themes__language", "themes__terms")),
        "figures": _sorted(Figure.objects.exclude(key__startswith="theme:").values_list("key", "value")),
        "posts": _sorted(Post.objects.values_list("title", "state")),
    }


@pytest.fixture(scope="module")
def nadipur(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, list[Any]]]:
    """The town, built once for all tests here and taken back afterwards; gives what stood there the first time."""
    with django_db_blocker.unblock(), transaction.atomic():
        first = transaction.savepoint()
        building.build(now=NOW, step=lambda words: None)
        stood = snapshot()
        transaction.savepoint_rollback(first)
        building.build(now=NOW, step=lambda words: None)
        yield stood
        transaction.set_rollback(True)


def demo(*words: str) -> str:
    """What the command says."""
    out = StringIO()
    call_command("demo", *words, stdout=out)
    return out.getvalue()


def test_two_demos_of_one_hour_are_the_same(nadipur: dict[str, list[Any]]) -> None:
    again = snapshot()
    assert {name: rows for name, rows in again.items() if rows != nadipur[name]} == {}


def test_a_second_run_changes_nothing_and_says_who_can_sign_in() -> None:
    before = snapshot()
    said = demo("--yes-this-is-a-demo")
    assert snapshot() == before
    assert PASSWORD in said and "/mailbox/" in said
    for role in Role:
        assert str(role.label) in said


def test_it_is_refused_with_other_settings_unless_one_means_it() -> None:
    with pytest.raises(CommandError, match="yes-this-is-a-demo"):
        demo()


def test_every_moment_in_the_life_of_a_consultation_is_there() -> None:
    now = clock.now()
    states = {row.slug: row.state(now) for row in Consultation.objects.all()}
    assert sorted(states.values()) == ["answered", "closed", "open", "open", "upcoming"]
    assert Consultation.objects.get(slug="school-buses-in-winter").days_left(now) == 3
    for row in Consultation.objects.all():
        assert set(row.wordings.values_list("language", flat=True)) == {"en", "hi"}


def test_people_disagree_in_two_languages_and_some_words_wait_for_a_moderator() -> None:
    shown = Idea.objects.filter(contribution__state="published")
    assert shown.count() >= 15 and shown.filter(contribution__language="hi").count() >= 3
    supported = shown.filter(contribution__votes__value=1, contribution__comment_count__gt=0)
    assert supported.distinct().count() >= 12
    assert Contribution.objects.filter(kind="comment", official=True).exists()
    assert Case.objects.filter(state="open", held_by="").count() >= 3
    assert Case.objects.held("personal_data").filter(contribution__state="held").count() == 1
    assert Contribution.objects.filter(state="rejected", reason="spam").count() == 1
    assert not Case.objects.late(NOW).exists()
    assert len(CITIZENS) == 40


def test_what_the_outcome_says_of_the_answers_is_true() -> None:
    """Three in four asked for the morning; each theme has voices, an answer and a number that is frozen."""
    outcome = Outcome.objects.get(released_at__isnull=False)
    figures = dict(outcome.figures.values_list("key", "value"))
    morning = next(value for key, value in figures.items() if key.startswith("option:"))
    assert morning / figures["responses"] == 0.75
    assert outcome.answers.count() == 4
    for answer in outcome.answers.all():
        assert answer.voices.exists() and figures[f"theme:{answer.key}"] == answer.voices.count()
        assert set(answer.words) == {"en", "hi"} and all(words["answer"] for words in answer.words.values())


def test_nothing_stands_without_a_second_person() -> None:
    """One post is out, one waits; whoever wrote it may not approve it."""
    anil = Person.objects.get(username="anil")
    pages = SecondPersonTask.objects.get().get_task_states_user_can_moderate(anil)
    assert [state.workflow_state.content_object.slug for state in pages] == ["motor-boats-on-the-nadi"]
    waiting = Post.objects.get(state="waiting")
    assert Delivery.objects.filter(state="published", account__channel__in=["console", "feed"]).count() == 8
    from_the_writer = Person.objects.get(pk=waiting.submitted_by)
    with transaction.atomic(), pytest.raises(NotAllowed):
        approve(waiting, by=from_the_writer, now=clock.now())


def test_every_official_has_the_role_that_the_command_prints() -> None:
    for official in OFFICIALS:
        person = Person.objects.get(username=official.key)
        agency = None if official.agency == CENTRE else Agency.objects.get(slug=official.agency)
        assert has_role(person, agency, official.role)
        assert person.check_password(PASSWORD)


@pytest.mark.parametrize("language", ["en", "hi"])
def test_its_pages_answer(language: str) -> None:
    client = Client()
    for row in Consultation.objects.all():
        page = row.page.get_translations(inclusive=True).get(locale__language_code=language)
        assert client.get(page.get_url()).status_code == 200
    outcome = Outcome.objects.get().page.get_translations(inclusive=True).get(locale__language_code=language)
    for path in (outcome.get_url(), *(f"/{language}/{rest}" for rest in ("", "ideas/", "consultations/"))):
        assert client.get(path).status_code == 200
    for idea in Idea.objects.filter(contribution__state="published"):
        assert client.get(f"/{language}/ideas/{idea.contribution.key}/").status_code == 200


def test_leela_finds_her_voice_and_what_became_of_it() -> None:
    leela = Person.objects.get(contact_points__address=address("leela"))
    client = signed_in(leela)
    assert "canal" in client.get("/en/account/").content.decode()
    canal = Consultation.objects.get(translation_key=key_of("canal"))
    response = canal.responses.get(participant__person=leela)
    page = client.get(f"/en/voice/{code_of(response)}/")
    assert page.status_code == 200
    assert "The still water smells and breeds mosquitoes" in page.content.decode()
