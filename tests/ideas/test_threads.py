"""The talk below an idea: nested, then flat; deep threads; places of words that are gone."""

import pytest
from django.urls import reverse

from accounts.services import erase_person
from consultations.models import Contribution
from consultations.services import (
    Incoming,
    hold,
    reject,
    remove,
    say_officially,
    take_in,
    withdraw_response,
)
from foundation import clock
from ideas.services import adopt
from ideas.threads import counts, read, thread_of
from tests.factories.consultations import ideas, released_consultation
from tests.ideas.conftest import proposed, said, shown
from tests.people import signed_in

Kind = Contribution.Kind


def address(contribution):
    return reverse("ideas:detail", args=[contribution.key])


def texts(remarks):
    return [(remark.contribution.text, texts(remark.replies)) for remark in remarks]


def talk(contribution):
    return read(list(thread_of(contribution).bones))


def test_replies_stand_below_what_they_answer_in_the_order_of_time(question, asha, ben, chitra):
    idea = shown(question, asha)
    first = said(idea, ben, "first")
    said(idea, chitra, "second")
    said(first, chitra, "reply to first")
    assert texts(talk(idea)) == [("first", [("reply to first", [])]), ("second", [])]


def test_below_the_third_nest_replies_are_flat_and_say_whom_they_answer(question, asha, ben):
    idea = shown(question, asha)
    last = idea
    for number in range(6):
        last = said(last, (asha, ben)[number % 2], str(number))
    assert texts(talk(idea)) == [("0", [("1", [("2", []), ("3", []), ("4", []), ("5", [])])])]
    nest = talk(idea)[0].replies[0].replies
    assert nest[0].to is None and nest[1].to.text == "2" and nest[3].to.text == "4"
    page = signed_in(None).get(address(idea)).content.decode()
    assert f"to {last.parent.participant.pseudonym}" in page


def test_a_thread_deeper_than_any_stack_is_read_in_two_queries(asked, question, django_assert_num_queries):
    depth = 400
    rows = [
        Incoming(1, "idea", "Words", clock.now(), kind=Kind.IDEA, question=question, title="Old idea"),
        *(
            Incoming(
                n + 2,
                f"c{n}",
                f"deep {n}",
                clock.now(),
                kind=Kind.COMMENT,
                parent_id=f"c{n - 1}" if n else "idea",
            )
            for n in range(depth)
        ),
    ]
    take_in(asked, rows, source="test", now=clock.now(), on_new=adopt)
    idea = Contribution.objects.get(kind=Kind.IDEA)
    with django_assert_num_queries(2):
        bones = thread_of(idea).bones
        remarks = read(list(bones[-30:]))
    assert len(bones) == depth
    assert remarks[0].to is not None and remarks[0].contribution.text == f"deep {depth - 30}"
    pages = signed_in(None)
    for page in (1, 14):
        assert pages.get(address(idea), {"page": page}).status_code == 200


def test_removed_words_leave_their_place_and_the_reason(question, asha, ben, chitra):
    idea = shown(question, asha)
    gone = said(idea, ben, "his telephone number")
    said(gone, chitra, "do not write that")
    reject(gone, reason="personal_data", by=None, now=clock.now())
    page = signed_in(None).get(address(idea)).content.decode()
    assert "his telephone number" not in page and "do not write that" in page
    assert "Comment removed on" in page and "It holds personal data" in page


def test_what_was_never_shown_leaves_no_trace(question, asha, ben):
    idea = shown(question, asha)
    waiting = proposed_comment(idea, ben, "still waiting")
    refused = proposed_comment(idea, ben, "never shown")
    reject(refused, reason="spam", by=None, now=clock.now())
    assert thread_of(idea).bones == () and thread_of(idea).count == 0
    assert waiting.pk


def proposed_comment(parent, person, text):
    from_hall = said(parent, person, text)
    Contribution.objects.filter(pk=from_hall.pk).update(state="pending", published_at=None, decided_at=None)
    from_hall.refresh_from_db()
    return from_hall


def test_words_taken_back_go_and_their_place_stays_only_for_replies(question, asha, ben, chitra):
    idea = shown(question, asha)
    alone, answered = said(idea, ben, "alone"), said(idea, ben, "answered")
    said(answered, chitra, "the reply")
    for comment in (alone, answered):
        withdraw_response(comment.response, person=ben, now=clock.now())
    page = signed_in(None).get(address(idea)).content.decode()
    assert (
        "alone" not in page and page.count("Its writer took this comment back.") == 1 and "the reply" in page
    )


def test_a_shown_reply_keeps_the_places_of_all_above_it(question, asha, ben, chitra):
    idea = shown(question, asha)
    top = said(idea, ben, "top")
    middle = said(top, chitra, "middle")
    said(middle, ben, "below")
    withdraw_response(top.response, person=ben, now=clock.now())
    reject(middle, reason="spam", by=None, now=clock.now())
    remarks = talk(idea)
    assert [remarks[0].shown, remarks[0].replies[0].shown] == [False, False]
    assert remarks[0].replies[0].replies[0].contribution.text == "below"


def test_held_words_are_hidden_and_erased_people_leave_a_place(question, asha, ben, chitra):
    idea = shown(question, asha)
    held, kept = said(idea, ben, "held words"), said(idea, chitra, "erased words")
    said(kept, ben, "an answer")
    hold(held, reason="check_again", by=None, now=clock.now())
    erase_person(chitra, by=chitra, now=clock.now())
    page = signed_in(None).get(address(idea)).content.decode()
    assert "held words" not in page and "erased words" not in page and "an answer" in page
    assert "Its author erased their account" in page


def test_official_words_carry_the_badge_and_cannot_be_supported(question, asked, asha, ben, mohan):
    idea = shown(question, asha)
    question_asked = said(idea, ben, "When?")
    official = say_officially(
        asked, text="In May.", parent=question_asked, by=mohan, now=clock.now(), language="en"
    )
    page = signed_in(None).get(address(idea)).content.decode()
    assert "Speaks for the government" in page and "In May." in page
    assert reverse("ideas:support", args=[official.key]) not in page
    assert reverse("ideas:support", args=[question_asked.key]) in page


def test_a_long_comment_is_cut_and_stands_whole_at_its_own_address(question, asha, ben, client):
    idea = shown(question, asha)
    comment = said(idea, ben, "word " * 550 + "THE END")
    assert "THE END" not in client.get(address(idea)).content.decode()
    own = client.get(address(comment))
    assert own.status_code == 200 and "THE END" in own.content.decode()
    assert address(idea) in own.content.decode()


def test_counts_are_those_of_each_idea(question, asha, ben):
    one, two = shown(question, asha, "one"), shown(question, asha, "two")
    said(said(one, ben), asha)
    assert counts([one.pk, two.pk]) == {one.pk: 2} and counts([]) == {}


def test_imported_orphans_hang_under_a_removed_place(asked, question, client):
    now = clock.now()
    rows = [
        Incoming(1, "p", "Words", now, kind=Kind.IDEA, question=question, title="Imported idea"),
        Incoming(
            2, "gone", "", now, kind=Kind.COMMENT, parent_id="p", state="removed", reason="gone_at_origin"
        ),
        Incoming(3, "c", "the orphan", now, kind=Kind.COMMENT, parent_id="gone", counts={"up": 3}),
    ]
    take_in(asked, rows, source="test", now=now, on_new=adopt)
    page = client.get(address(Contribution.objects.get(external_id="p"))).content.decode()
    assert "Comment removed." in page and "the orphan" in page
    own = client.get(address(Contribution.objects.get(external_id="c"))).content.decode()
    assert "3 up, counted by test" in own


@pytest.mark.parametrize("state", ["reject", "remove", "withdraw"])
def test_an_idea_that_is_gone_says_so_at_its_address(question, asha, ben, client, state):
    idea = shown(question, asha, "The gone title")
    said(idea, ben, "what was said to it")
    if state == "reject":
        reject(idea, reason="spam", by=None, now=clock.now())
    elif state == "remove":
        remove(idea, reason="gone_at_origin", by=None, now=clock.now())
    else:
        withdraw_response(idea.response, person=asha, now=clock.now())
    page = client.get(address(idea))
    assert page.status_code == 410
    assert "The gone title" not in page.content.decode() and "what was said to it" in page.content.decode()
    browser = signed_in(ben)
    for act in ("support", "follow", "comment"):
        form = reverse(f"ideas:{act}", args=[idea.key])
        assert browser.get(form)["Location"] == address(idea)
        assert "The gone title" not in browser.post(form, {"text": "My words"}, follow=True).content.decode()
    refused = browser.post(reverse("ideas:comment", args=[idea.key]), {"text": "My words"})
    assert refused.status_code == 409 and "My words" in refused.content.decode()


def test_what_was_never_shown_is_not_found(question, asked, asha, client):
    waiting = proposed(question, asha, "Secret title")
    page = client.get(address(waiting))
    assert page.status_code == 404 and b"Secret title" not in page.content
    later = released_consultation(title="Later", questions=[ideas(visibility="after_close")]).questions.get()
    assert client.get(address(shown(later, asha))).status_code == 404
    assert client.get("/en/ideas/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_one_idea_costs_the_same_with_one_comment_and_with_many(
    question, asha, ben, client, django_assert_max_num_queries
):
    idea = shown(question, asha, tags=["water"])
    said(idea, ben)

    def cost():
        with django_assert_max_num_queries(40) as captured:
            client.get(address(idea))
        return len(captured)

    cost()
    few = cost()
    for number in range(6):
        said(said(idea, ben, f"more {number}"), asha, "yes")
    assert cost() == few <= 15
