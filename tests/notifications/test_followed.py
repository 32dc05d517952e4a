"""What is new below an idea that one follows: told once, to each who follows and is not told of it otherwise."""

from django.core import mail

from consultations.services import remove
from foundation import clock
from ideas import services as ideas
from ideas.models import Follow
from notifications import services
from notifications.models import Letter
from tests.factories.consultations import questions_of
from tests.ideas.conftest import said, shown
from tests.people import address


def followed_idea(consultation, asha, *people):
    question = next(row for row in questions_of(consultation) if row.instrument == "ideas")
    idea = shown(question, asha)
    for somebody in people:
        ideas.follow(idea.idea, person=somebody, now=clock.now())
    return idea


def told() -> list[tuple[str, str]]:
    return [(letter.to[0], letter.subject) for letter in mail.outbox if "follow" in letter.subject]


def test_a_comment_is_told_once_to_who_follows_and_not_to_who_wrote_it(
    consultation, asha, ben, chitra, commit
):
    idea = followed_idea(consultation, asha, ben, chitra)
    mail.outbox.clear()
    with commit():
        said(idea, chitra, "Near the <gate>, please")
    assert told() == [(address("ben"), "New below an idea that you follow: A tap at the market")]
    services.run_due(clock.now())
    assert len(told()) == 1
    (letter,) = [letter for letter in mail.outbox if letter.to == [address("ben")]]
    assert "> Near the <gate>, please" in letter.body and "List-Unsubscribe" in letter.extra_headers
    assert "Near the &lt;gate&gt;, please" in letter.alternatives[0][0]


def test_a_lost_nudge_is_found_by_the_clock_also_for_an_answer_to_a_comment(consultation, asha, ben, chitra):
    idea = followed_idea(consultation, asha, ben)
    said(said(idea, chitra, "First"), asha, "Second")
    services.run_due(clock.now())
    assert [who for who, _subject in told()] == [address("ben")] * 2


def test_whoever_gets_the_reply_gets_no_second_letter(consultation, asha, ben):
    idea = followed_idea(consultation, asha, asha)
    said(idea, ben)
    services.run_due(clock.now())
    assert told() == []
    assert Letter.objects.filter(occasion="reply").count() == 1


def test_what_was_there_before_one_followed_is_not_told(consultation, asha, ben, chitra):
    idea = followed_idea(consultation, asha)
    said(idea, chitra)
    ideas.follow(idea.idea, person=ben, now=clock.now())
    services.run_due(clock.now())
    assert told() == []


def test_nothing_goes_out_when_one_stopped_or_the_comment_is_gone(consultation, asha, ben, chitra):
    idea = followed_idea(consultation, asha, ben, asha)
    gone, left = said(idea, chitra, "Gone"), said(idea, chitra, "Left")
    services.find_missing(clock.now())
    remove(gone, reason="threat", by=None, now=clock.now())
    Follow.objects.all().delete()
    services.send_due(clock.now())
    assert told() == []
    things = [f"followed:{row.pk}" for row in (gone, left)]
    assert set(Letter.objects.filter(thing__in=things).values_list("state", flat=True)) == {"cancelled"}
