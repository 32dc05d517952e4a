"""The small living site: whole or not at all, the same everywhere, and only where nothing else stands."""

import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.test import Client

from accounts.models import Agency, Person
from accounts.queries import has_role
from accounts.roles import Role
from analysis.models import Run
from cms.models import NewsPage
from consultations.models import (
    Consultation,
    ConsultationPage,
    Contribution,
    Figure,
    Outcome,
    Vote,
    VoteEvent,
)
from consultations.models.approved import SecondPersonTask
from consultations.services import code_of, recount
from foundation import clock
from foundation.errors import NotAllowed
from ideas.models import Idea
from moderation.models import Case
from outreach.models import Delivery, Heard, Post
from outreach.services import approve
from portal.demo import build as building
from portal.demo.people import CENTRE, OFFICIALS, PASSWORD, address
from portal.demo.plan import PLANS, key_of
from portal.demo.secret import TOTP_SECRET
from tests.people import signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_engine,
    pytest.mark.usefixtures("nadipur"),
    pytest.mark.xdist_group("nadipur"),
]
NOW = clock.now()
STEPS: list[str] = []
FEW = ("canal", "buses")


def _sorted(rows: Any) -> list[Any]:
    return sorted(rows, key=repr)


def snapshot(*few: str) -> dict[str, list[Any]]:
    """What stands there about these consultations (all, when none is named), without keys that are drawn."""
    plans = [plan for plan in PLANS if plan.key in few or not few]
    asked = Consultation.objects.filter(translation_key__in=[key_of(plan.key) for plan in plans])
    said = Contribution.objects.filter(consultation__in=asked)
    figures = Figure.objects.filter(outcome__consultation__in=asked).exclude(key__startswith="theme:")
    rows = {
        "people": Person.objects.values_list("email", "language", "date_joined"),
        "said": said.values_list("text", "state", "kind", "language", "support_count", "comment_count"),
        "moments": said.values_list("text", "received_at", "decided_at"),
        "asked": asked.values_list("translation_key", "title", "opens_at", "closes_at"),
        "counts": asked.values_list("title", "participant_count", "response_count"),
        "themes": Run.objects.filter(consultation__in=asked).values_list(
            "themes__label", "themes__language", "themes__terms"
        ),
        "figures": figures.values_list("key", "value"),
        "posts": Post.objects.filter(consultation__in=asked).values_list("title", "state"),
    }
    return {name: _sorted(found) for name, found in rows.items()}


@pytest.fixture(scope="module")
def nadipur(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, list[Any]]]:
    """The town, built once for all tests here and taken back afterwards.

    Gives what stood about a few consultations when the town was built with these alone.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        first = transaction.savepoint()
        few = [plan for plan in PLANS if plan.key in FEW]
        building.build(now=NOW, step=lambda words: None, plans=few)
        stood = snapshot(*FEW)
        transaction.savepoint_rollback(first)
        building.build(now=NOW, step=STEPS.append)
        yield stood
        transaction.set_rollback(True)


def demo(*words: str) -> str:
    """What the command says."""
    out = StringIO()
    call_command("demo", *words, stdout=out)
    return out.getvalue()


def test_two_demos_of_one_hour_are_the_same(nadipur: dict[str, list[Any]]) -> None:
    again = snapshot(*FEW)
    assert all(nadipur.values())
    assert {name: rows for name, rows in again.items() if rows != nadipur[name]} == {}


def test_the_progress_bar_ends_where_the_work_does() -> None:
    assert abs(len(STEPS) - building.STEPS) <= 0.03 * building.STEPS


def test_a_second_run_changes_nothing_and_says_who_can_sign_in() -> None:
    before = snapshot()
    said = demo("--yes-this-is-a-demo")
    assert snapshot() == before
    assert PASSWORD in said and "/mailbox/" in said and TOTP_SECRET in said
    for role in Role:
        assert str(role.label) in said


def test_it_is_refused_with_other_settings_unless_one_means_it() -> None:
    with pytest.raises(CommandError, match="yes-this-is-a-demo"):
        demo()


def test_every_moment_in_the_life_of_a_consultation_is_there() -> None:
    now = clock.now()
    rows = list(Consultation.objects.all())
    states = Counter(row.state(now) for row in rows)
    assert states == {"answered": 3, "overdue": 1, "closed": 1, "open": 8, "upcoming": 1}
    assert Consultation.objects.overdue(now).get().slug == "where-waste-is-sorted"
    assert {row.days_left(now) for row in rows if row.is_open(now) and row.days_left(now) <= 3} == {1, 3}
    draft = ConsultationPage.objects.get(slug="two-crore-for-the-wards")
    assert not draft.live and not Consultation.objects.filter(slug=draft.slug).exists()
    assert len(rows) + 1 >= 12 and len({row.agency_id for row in rows}) == 4
    moved = [row.slug for row in rows if row.first_closes_at != row.closes_at]
    assert moved == ["school-libraries-after-lessons"]
    for row in rows:
        assert set(row.wordings.values_list("language", flat=True)) == {"en", "hi"}
        assert row.topics.exists()
        assert row.registered_at < row.opens_at


def test_there_is_much_to_read_and_thousands_of_votes() -> None:
    said = Contribution.objects.exclude(text="").exclude(official=True)
    assert said.count() >= 400 and said.filter(language="hi").count() >= 180
    shown = Idea.objects.filter(contribution__state="published")
    assert shown.count() >= 60 and shown.filter(contribution__language="hi").count() >= 10
    assert Vote.objects.filter(value=1).count() >= 5_000
    assert VoteEvent.objects.count() == Vote.objects.count()
    # On PostgreSQL the roll-up counts only what is committed, and this town never is.
    recount(list(Contribution.objects.values_list("pk", flat=True)), NOW)
    counts = sorted(shown.values_list("contribution__support_count", flat=True))
    assert counts[0] < 30 and counts[-1] > 150
    assert sum(Contribution.objects.values_list("support_count", flat=True)) == Vote.objects.count()
    votes = Vote.objects.filter(contribution__participant=F("participant"))
    assert not votes.exists()


def test_people_disagree_in_two_languages_and_some_words_wait_for_a_moderator() -> None:
    shown = Idea.objects.filter(contribution__state="published")
    supported = shown.filter(contribution__votes__value=1, contribution__comment_count__gt=0)
    assert supported.distinct().count() >= 50
    assert Contribution.objects.filter(kind="comment", official=True).count() >= 10
    assert Case.objects.filter(state="open", held_by="").count() >= 3
    assert Case.objects.held("personal_data").filter(contribution__state="held").count() >= 1
    assert Contribution.objects.filter(state="rejected", reason="spam").count() == 1
    assert not Case.objects.late(NOW).exists()
    waiting = Consultation.objects.filter(contributions__state__in=["pending", "held"]).distinct()
    assert not waiting.closed(NOW).exists()


def test_the_campaign_was_held_as_such_and_counts_as_its_senders() -> None:
    letters = Contribution.objects.filter(text__startswith="As ", text__contains="resident of Hill Colony")
    assert letters.count() == 14
    held = Case.objects.held("repeats").filter(contribution__in=letters)
    assert held.count() == 13 and set(letters.values_list("state", flat=True)) == {"published"}
    read = Run.objects.filter(consultation__slug="where-waste-is-sorted", engine="themes").latest("pk")
    assert read.voices > letters.count()


def test_what_the_outcomes_say_of_the_answers_is_true() -> None:
    """Each theme has voices, an answer and a number that is frozen; in one, three in four asked for the morning."""
    outcomes = Outcome.objects.filter(released_at__isnull=False).order_by("consultation__opens_at")
    assert [outcome.answers.count() for outcome in outcomes] == [4, 3, 4]
    for outcome in outcomes:
        figures = dict(outcome.figures.values_list("key", "value"))
        for answer in outcome.answers.all():
            assert answer.voices.exists() and figures[f"theme:{answer.key}"] == answer.voices.count()
            assert set(answer.words) == {"en", "hi"}
            assert all(words["answer"] for words in answer.words.values())
        assert clock.day(outcome.released_at) <= outcome.consultation.answer_due_on
    canal = outcomes.get(consultation__translation_key=key_of("canal"))
    figures = dict(canal.figures.values_list("key", "value"))
    morning = next(value for key, value in figures.items() if key.startswith("option:"))
    assert morning / figures["responses"] == 0.75


def test_posts_have_replies_and_news_was_told() -> None:
    heard = Heard.objects.filter(contribution__state="published")
    assert heard.count() >= 12 and Heard.objects.filter(contribution__state="pending").count() == 2
    told = Delivery.objects.filter(state="published")
    assert told.values("version__post").distinct().count() >= 12
    assert told.dates("published_at", "day").count() >= 8
    assert NewsPage.objects.live().count() == 8


def test_nothing_stands_without_a_second_person() -> None:
    """One page and one post wait; whoever wrote it may not approve it."""
    anil = Person.objects.get(username="anil")
    pages = SecondPersonTask.objects.get().get_task_states_user_can_moderate(anil)
    assert [state.workflow_state.content_object.slug for state in pages] == ["motor-boats-on-the-nadi"]
    waiting = Post.objects.get(state="waiting")
    from_the_writer = Person.objects.get(pk=waiting.submitted_by)
    with transaction.atomic(), pytest.raises(NotAllowed):
        approve(waiting, by=from_the_writer, read=waiting.submitted_sha256, now=clock.now())


def test_every_official_has_the_role_that_the_command_prints() -> None:
    for official in OFFICIALS:
        person = Person.objects.get(username=official.key)
        agency = None if official.agency == CENTRE else Agency.objects.get(slug=official.agency)
        assert has_role(person, agency, official.role)
        assert person.check_password(PASSWORD)


def test_an_official_comes_in_with_the_code_that_the_page_of_a_demonstration_shows(settings: Any) -> None:
    settings.DEMO_TOTP_SECRET = TOTP_SECRET
    browser = Client()
    browser.post("/en/account/sign-in/desk/", {"name": "mohan", "password": PASSWORD})
    shown = re.search(r"<b>(\d{6})</b>", browser.get("/en/account/second-factor/").content.decode())
    assert shown
    assert browser.post("/en/account/second-factor/", {"code": shown.group(1)}).status_code == 302
    assert browser.get("/admin/").status_code == 200


@pytest.mark.parametrize("language", ["en", "hi"])
def test_its_pages_answer(language: str) -> None:
    client = Client()
    for row in Consultation.objects.all():
        page = row.page.get_translations(inclusive=True).get(locale__language_code=language)
        assert client.get(page.get_url()).status_code == 200
    for outcome in Outcome.objects.all():
        page = outcome.page.get_translations(inclusive=True).get(locale__language_code=language)
        assert client.get(page.get_url()).status_code == 200
    for rest in ("", "ideas/", "consultations/", "news/"):
        assert client.get(f"/{language}/{rest}").status_code == 200
    statement = client.get(f"/{language}/accessibility/").content.decode()
    assert {"en": "If something is in your way", "hi": "अगर कुछ आपके रास्ते में आए"}[language] in statement
    assert f'<a href="/{language}/accessibility/">' in client.get(f"/{language}/").content.decode()
    for idea in Idea.objects.filter(contribution__state="published").order_by("pk")[::6]:
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
