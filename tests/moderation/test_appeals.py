"""One appeal in one's own words, to somebody outside the agency; and a few rejections that chance puts there unasked."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.roles import Role
from accounts.services import appoint, erase_person
from consultations.models import Contribution
from consultations.services import code_of, remove
from foundation import clock
from foundation.errors import BadInput, NotAllowed, WrongState
from moderation import services
from moderation.models import Case, Draw, Review
from moderation.services.reviews import is_drawn
from tests.factories.consultations import published_idea
from tests.moderation.conftest import case_for, state_of
from tests.people import person, signed_in

WORDS = "I sell nothing; I only named the tap."


@pytest.fixture
def refused(asked, asha, mohan) -> Case:
    """An idea that the agency's moderator did not show."""
    case = case_for(asked, asha)
    services.decide(case, by=mohan, verdict="reject", reason="spam", now=clock.now())
    case.contribution.refresh_from_db()
    return case


@pytest.fixture
def appealed(refused) -> Review:
    """The same, and its author appealed."""
    return services.appeal(refused.contribution, words=WORDS, language="en", now=clock.now())


def page(contribution):
    return reverse("moderation:appeal", args=[code_of(contribution.response), contribution.key])


def voice(contribution):
    return reverse("consultations:voice", args=[code_of(contribution.response)])


def decided(review, omana, verdict, reason, answer="We read it."):
    return services.review(review, by=omana, verdict=verdict, reason=reason, answer=answer, now=clock.now())


def test_the_author_appeals_from_the_voices_page_once(refused, asha):
    words, browser = refused.contribution, signed_in(asha)
    assert page(words) in browser.get(voice(words)).content.decode()
    form = browser.get(page(words))
    assert "no-store" in form["Cache-Control"] and "no emergency line" in form.content.decode()
    assert browser.post(page(words), {"words": WORDS}).url == f"{voice(words)}#appeals"
    shown = browser.get(voice(words)).content.decode()
    assert "Your appeal" in shown and WORDS in shown and "The ombuds moderator decides by" in shown
    assert page(words) not in shown and "phone" not in shown.split("<footer")[0].lower()
    assert browser.get(page(words)).status_code == 302
    assert browser.post(page(words), {"words": "Once more"}).status_code == 409
    assert Review.objects.appeals().get().words == WORDS


def test_whoever_only_holds_the_code_reads_the_verdict_and_no_words(appealed, omana, client, ben):
    words = appealed.contribution
    assert reverse("accounts:sign_in") in client.get(page(words)).url
    assert "sign-in" in signed_in(ben).post(page(words), {"words": "Mine"}).url
    decided(appealed, omana, "upheld", "spam", "Our long answer.")
    shown = client.get(voice(words)).content.decode()
    assert "The decision stands" in shown and WORDS not in shown and "Our long answer" not in shown


def test_a_voice_without_an_account_appeals_by_its_receipt(refused, client):
    Contribution.objects.get().participant.__class__.objects.update(person=None)
    assert client.post(page(refused.contribution), {"words": WORDS}).status_code == 302
    assert Review.objects.get().words == WORDS


def test_an_appeal_that_cannot_be_taken_comes_back_with_its_words(refused, asha):
    long = "word " * 700
    back = signed_in(asha).post(page(refused.contribution), {"words": long})
    assert back.status_code == 200 and long.strip() in back.content.decode()
    assert "Fill in" in signed_in(asha).post(page(refused.contribution), {"words": " "}).content.decode()
    with pytest.raises(BadInput):
        services.appeal(refused.contribution, words="  ", language="en", now=clock.now())
    assert not Review.objects.exists()


def test_the_ombuds_reverses_it_and_the_agency_cannot_turn_it_round(appealed, asha, mohan, omana):
    browser = signed_in(omana)
    listed = browser.get(reverse("moderation_appeals")).content.decode()
    assert reverse("moderation_appeal", args=[appealed.pk]) in listed
    shown = browser.get(reverse("moderation_appeal", args=[appealed.pk])).content.decode()
    assert WORDS in shown and "It advertises or sells something" in shown
    act = reverse("moderation_decide_appeal", args=[appealed.pk])
    sent = {"verdict": "reversed", "reason": "reason_does_not_fit", "answer": "You are right."}
    assert browser.post(act, sent).url == reverse("moderation_appeals")
    words, case = appealed.contribution, Case.objects.get()
    assert state_of(words) == "published" and state_of(case) == "decided"
    assert "reversed" in signed_in(asha).get(voice(words)).content.decode()
    for again in (
        lambda: services.reopen(case, by=mohan, now=clock.now()),
        lambda: services.decide(case, by=mohan, verdict="reject", reason="spam", now=clock.now()),
    ):
        with pytest.raises(WrongState, match="ombuds"):
            again()
    assert browser.post(act, sent).status_code == 409
    seen = signed_in(mohan).get(reverse("moderation_case", args=[case.pk])).content.decode()
    assert "The ombuds moderator reversed a decision" in seen and WORDS not in seen


def test_upholding_takes_a_reason_and_words_and_what_was_typed_comes_back(appealed, omana):
    act, browser = reverse("moderation_decide_appeal", args=[appealed.pk]), signed_in(omana)
    for sent in (
        {"verdict": "upheld", "reason": "was_criticism", "answer": "Typed"},
        {"verdict": "perhaps", "reason": "spam", "answer": "Typed"},
        {"verdict": "upheld", "reason": "", "answer": "Typed"},
    ):
        back = browser.post(act, sent)
        assert back.status_code == 400 and "Choose" in back.content.decode()
    assert (
        "Typed" in browser.post(act, {"verdict": "upheld", "reason": "", "answer": "Typed"}).content.decode()
    )
    assert browser.post(act, {"verdict": "upheld", "reason": "spam", "answer": ""}).status_code == 400
    assert (
        browser.post(act, {"verdict": "upheld", "reason": "spam", "answer": "It is an advert."}).status_code
        == 302
    )
    assert state_of(appealed.contribution) == "rejected"


@pytest.mark.parametrize("who", ["esha", "mohan", "pavan", "aud", "greta", "dev", "asha", "root"])
def test_nobody_but_the_ombuds_sees_or_decides_appeals(appealed, who, request):
    browser = signed_in(request.getfixturevalue(who))
    for address in (reverse("moderation_appeals"), reverse("moderation_appeal", args=[appealed.pk])):
        assert browser.get(address).status_code in (302, 403)
    act = reverse("moderation_decide_appeal", args=[appealed.pk])
    assert browser.post(act, {"verdict": "reversed", "reason": "in_doubt_shown"}).status_code in (302, 403)
    assert state_of(appealed.contribution) == "rejected"
    assert reverse("moderation_appeals") not in browser.get(reverse("wagtailadmin_home")).content.decode()


def test_an_ombuds_moderator_of_that_agency_or_of_those_words_or_that_decision_does_not_decide(
    asked, appealed, omana, mohan, asha
):
    appoint(mohan, agency=None, role=Role.OMBUDS, by=None, now=clock.now())
    appoint(asha, agency=None, role=Role.OMBUDS, by=None, now=clock.now())
    appoint(omana, agency=asked.agency, role=Role.EDITOR, by=None, now=clock.now())
    for somebody in (mohan, asha, omana):
        with pytest.raises(NotAllowed):
            decided(appealed, somebody, "reversed", "in_doubt_shown")


def test_held_words_can_be_appealed_when_the_promise_has_passed(asked, asha, omana):
    case = case_for(asked, asha, "See www.example.com")
    words, browser = case.contribution, signed_in(asha)
    assert "you can appeal here" in browser.get(voice(words)).content.decode()
    with pytest.raises(WrongState):
        services.appeal(words, words=WORDS, language="en", now=clock.now())
    late = case.due_at + timedelta(minutes=1)
    review = services.appeal(words, words=WORDS, language="en", now=late)
    decided(review, omana, "upheld", "needs_reading")
    assert state_of(words) == "held" and state_of(case) == "open"
    assert services.decide(case, by=person("mohan"), verdict="reject", reason="spam", now=late)
    words.refresh_from_db()
    again = services.appeal(words, words="And again", language="en", now=late)
    assert again.about == "rejected"


def test_removed_words_can_be_appealed_unless_nobody_removed_them(asked, asha, ben, omana):
    gone = remove(published_idea(asked, asha), reason="threat", by=None, now=clock.now())
    lost = remove(published_idea(asked, ben), reason="gone_at_origin", by=None, now=clock.now())
    review = services.appeal(gone, words=WORDS, language="en", now=clock.now())
    decided(review, omana, "reversed", "was_criticism")
    assert state_of(gone) == "published"
    with pytest.raises(WrongState):
        services.appeal(lost, words=WORDS, language="en", now=clock.now())
    with pytest.raises(WrongState):
        services.appeal(gone, words=WORDS, language="en", now=clock.now())


def test_what_moved_on_meanwhile_is_not_decided(appealed, mohan, omana, asha):
    case = Case.objects.get()
    services.reopen(case, by=mohan, now=clock.now())
    services.decide(case, by=mohan, verdict="publish", now=clock.now())
    assert not Review.objects.waiting().exists()
    with pytest.raises(WrongState):
        decided(appealed, omana, "upheld", "spam")
    appealed.refresh_from_db()
    assert appealed.decided_at is None
    assert "settled before" in signed_in(asha).get(voice(appealed.contribution)).content.decode()


def test_chance_draws_one_in_twenty_the_same_ones_each_time():
    salt = "a" * 64
    drawn = [case for case in range(20_000) if is_drawn(case, salt=salt, percent=5)]
    assert 850 < len(drawn) < 1150
    assert drawn == [case for case in range(20_000) if is_drawn(case, salt=salt, percent=5)]
    assert drawn != [case for case in range(20_000) if is_drawn(case, salt="b" * 64, percent=5)]
    assert not any(is_drawn(case, salt=salt, percent=0) for case in range(99))
    assert all(is_drawn(case, salt=salt, percent=100) for case in range(99))


def test_a_drawn_rejection_lies_before_the_ombuds_and_no_moderator_sees_it(
    asked, asha, ben, mohan, omana, settings
):
    settings.REVIEWED_UNASKED_PERCENT = 100
    case, shown = case_for(asked, asha), case_for(asked, ben)
    services.decide(shown, by=mohan, verdict="publish", now=clock.now())
    services.decide(case, by=mohan, verdict="reject", reason="spam", now=clock.now())
    row = Review.objects.get()
    assert (row.contribution, row.source, row.words) == (case.contribution, "sample", "")
    assert len(Draw.objects.get().salt) == 64
    browser = signed_in(mohan)
    for address in (
        reverse("moderation_case", args=[case.pk]),
        reverse("moderation_desk") + "?state=decided",
    ):
        before = browser.get(address).content.decode()
        assert "chance" not in before and "Review" not in before and "ombuds" not in before.lower()
    assert "Drawn by chance" in signed_in(omana).get(reverse("moderation_appeals")).content.decode()
    services.review(row, by=omana, verdict="upheld", reason="spam", now=clock.now())
    assert state_of(case.contribution) == "rejected"


def test_the_list_is_narrowed_and_costs_the_same_for_many(
    asked, appealed, ben, chitra, mohan, omana, django_assert_max_num_queries
):
    browser = signed_in(omana)

    def listed(**query):
        return [line["review"] for line in browser.get(reverse("moderation_appeals"), query).context["lines"]]

    def cost():
        with django_assert_max_num_queries(60) as captured:
            assert listed()
        return len(captured)

    cost()
    few = cost()
    for number, somebody in enumerate((ben, chitra) * 2):
        case = case_for(asked, somebody, f"Number {number}")
        services.decide(case, by=mohan, verdict="reject", reason="spam", now=clock.now())
        services.appeal(
            Contribution.objects.get(pk=case.contribution_id), words="No", language="en", now=clock.now()
        )
    assert cost() == few
    assert len(listed()) == 5 and listed(q="only named") == [appealed]
    assert listed(source="sample") == [] and listed(agency="x") != []
    assert listed(state="decided") == []
    assert len(listed(agency=asked.agency.slug, source="appeal")) == 5


def test_erasing_the_author_empties_the_appeal_and_keeps_its_count(appealed, asha):
    erase_person(asha, by=asha, now=clock.now())
    appealed.refresh_from_db()
    assert appealed.words == "" and Review.objects.appeals().count() == 1
    assert not Review.objects.waiting().exists()


PAPER = "/admin/moderation/paper/"


def test_a_clerk_types_in_an_appeal_that_came_on_paper(refused, kiran, omana, asha, commit, caplog):
    words, browser = refused.contribution, signed_in(kiran)
    code = code_of(words.response)
    found = browser.post(PAPER, {"code": code.lower().replace("-", " ")}).content.decode()
    assert "Not published" in found and words.text not in found and words.participant.pseudonym not in found
    letter = {"code": code, "part": str(words.key), "language": "hi", "words": ""}
    empty = browser.post(PAPER, letter)
    assert empty.status_code == 200 and "Something is missing." in empty.content.decode()
    with caplog.at_level("INFO", logger="audit"), commit():
        assert browser.post(PAPER, letter | {"words": WORDS}).url == PAPER
    (line,) = [record for record in caplog.records if getattr(record, "act", "") == "review.opened"]
    assert line.by == kiran.pk and line.facts == {"source": "appeal", "on_paper": True}
    made = Review.objects.appeals().get()
    assert (made.words, made.language, made.on_paper) == (WORDS, "hi", True)
    assert "typed it in" in signed_in(asha).get(voice(words)).content.decode()
    assert "typed it in" in signed_in(omana).get(f"/admin/moderation/appeals/{made.pk}/").content.decode()
    assert page(words) not in signed_in(asha).get(voice(words)).content.decode()
    again = browser.post(PAPER, letter | {"words": "Once more"})
    assert again.status_code == 409 and Review.objects.count() == 1
    with pytest.raises(WrongState, match="already"):
        services.appeal(words, words=WORDS, language="en", now=clock.now(), typed_by=kiran)


def test_only_a_clerk_of_the_agency_does_and_learns_of_no_other_receipt(refused, kiran, mohan, greta, asha):
    words = refused.contribution
    for other in (mohan, greta, asha):
        with pytest.raises(NotAllowed):
            services.appeal(words, words=WORDS, language="en", now=clock.now(), typed_by=other)
    appoint(greta, agency=greta.memberships.get().agency, role=Role.CLERK, by=None, now=clock.now())
    said = [
        signed_in(greta).post(PAPER, {"code": code}) for code in (code_of(words.response), "0000-0000-0000")
    ]
    assert [each.status_code for each in said] == [404, 404] and not Review.objects.exists()
    assert "No voice that your agency heard" in said[0].content.decode()
