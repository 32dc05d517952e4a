"""Many cases in one way: of one kind, with one reason, each by itself; and the list as codes for a spreadsheet."""

import csv

import pytest
from django.urls import reverse

from accounts.roles import Role
from accounts.services import appoint
from foundation import clock
from foundation.errors import BadInput
from moderation import services
from moderation.models import Case, Decision
from tests.factories.consultations import ideas, opened_agency, published_idea, released_consultation
from tests.moderation.conftest import case_for, flagged_by, readers, state_of
from tests.people import person, signed_in

BULK = "moderation_bulk"


def decided_at_once(cases, by, verdict="reject", reason="spam"):
    return services.decide_many(cases, by=by, verdict=verdict, reason=reason, now=clock.now())


@pytest.fixture
def three(asked, asha, ben, chitra):
    """Three ideas that wait."""
    return [case_for(asked, who, f"Buy tank {n}") for n, who in enumerate((asha, ben, chitra))]


def test_what_is_chosen_is_shown_once_more_and_then_decided(three, mohan):
    browser = signed_in(mohan)
    chosen = {"case": [case.pk for case in three[:2]], "verdict": "reject", "reason": "spam"}
    look = browser.post(reverse(BULK), chosen).content.decode()
    assert "2 cases would not be shown" in look and "Buy tank 0" in look and "Buy tank 2" not in look
    assert not Decision.objects.exists()
    done = browser.post(reverse(BULK), {**chosen, "sure": "1"}, follow=True).content.decode()
    assert "2 cases are decided." in done
    assert [state_of(case.contribution) for case in three] == ["rejected", "rejected", "pending"]
    assert {(row.verdict, row.reason, row.by) for row in Decision.objects.all()} == {
        ("reject", "spam", mohan.pk)
    }


def test_what_a_colleague_has_or_decided_is_left_and_named(asked, three, mohan):
    paul = person("paul", agency=asked.agency)
    appoint(paul, agency=asked.agency, role=Role.MODERATOR, by=None, now=clock.now())
    services.claim(three[0], by=paul, now=clock.now())
    services.decide(three[1], by=paul, verdict="publish", now=clock.now())
    came = decided_at_once(three, mohan)
    assert came.decided == [three[2]]
    assert [case for case, _why in came.left] == three[:2]
    chosen = {"case": [case.pk for case in three], "verdict": "publish", "sure": "1"}
    said = signed_in(mohan).post(reverse(BULK), chosen, follow=True).content.decode()
    assert "Paul Dsouza has this case in their hands." in said and f"case {three[0].pk}" in said
    assert "Paul Dsouza decided this meanwhile." in said
    assert state_of(three[1].contribution) == "published" and state_of(three[0].contribution) == "pending"


def test_ones_own_words_and_danger_are_left(asked, asha, ben, mohan):
    appoint(asha, agency=asked.agency, role=Role.MODERATOR, by=None, now=clock.now())
    own = Case.objects.create(
        contribution=published_idea(asked, ben),
        agency=asked.agency,
        opened_at=clock.now(),
        due_at=clock.now(),
    )
    own.contribution.participant.__class__.objects.update(person=asha)
    own = Case.objects.get(pk=own.pk)
    danger = case_for(asked, person("chitra"), "I want to die")
    came = decided_at_once([own, danger], asha)
    assert came.decided == [] and len(came.left) == 2
    assert "your own words" in came.left[0][1] and "by itself" in came.left[1][1]
    assert state_of(danger.contribution) == "held"


@pytest.mark.parametrize(
    ("verdict", "reason"), [("reject", ""), ("reject", "criticism"), ("hold", ""), ("perhaps", "spam")]
)
def test_without_a_reason_from_the_list_nothing_is_decided(three, mohan, verdict, reason):
    with pytest.raises(BadInput):
        decided_at_once(three, mohan, verdict, reason)
    chosen = {"case": [three[0].pk], "verdict": verdict, "reason": reason, "kept": "state=&kind=idea"}
    said = signed_in(mohan).post(reverse(BULK), chosen, follow=True)
    assert said.redirect_chain[0][0] == f"{reverse('moderation_desk')}?state=&kind=idea&pick={three[0].pk}"
    page = said.content.decode()
    assert page.count(" checked") == 1 and ("Choose" in page or "Many at once" in page)
    assert not Decision.objects.exists()


def test_kinds_are_not_mixed_and_there_is_a_most(asked, three, asha, ben, mohan):
    other = Case.objects.get(pk=three[2].pk)
    other.contribution.kind = "comment"
    with pytest.raises(BadInput, match="one kind"):
        decided_at_once([three[0], other], mohan)
    with pytest.raises(BadInput, match="50"):
        decided_at_once(three * 17, mohan)
    with pytest.raises(BadInput):
        decided_at_once([], mohan)


def test_cases_of_another_agency_are_never_touched(three, ben, mohan):
    parks = released_consultation(title="Parks", questions=[ideas()], agency=opened_agency("parks"))
    theirs = case_for(parks, ben)
    chosen = {
        "case": [theirs.pk, "x", "9" * 30, three[0].pk],
        "verdict": "reject",
        "reason": "spam",
        "sure": "1",
    }
    signed_in(mohan).post(reverse(BULK), chosen)
    assert state_of(theirs.contribution) == "pending" and state_of(three[0].contribution) == "rejected"
    assert [case for case, _why in decided_at_once([theirs], mohan).left] == [theirs]


@pytest.mark.parametrize("who", ["esha", "omana", "dev", "greta", "asha", "nobody"])
def test_nobody_else_decides_many_or_exports(three, who, request):
    browser = signed_in(None if who == "nobody" else request.getfixturevalue(who))
    chosen = {"case": [three[0].pk], "verdict": "reject", "reason": "spam", "sure": "1"}
    browser.post(reverse(BULK), chosen)
    assert state_of(three[0].contribution) == "pending"
    answer = browser.get(reverse("moderation_export"))
    assert answer.status_code == (200 if who == "omana" else 302)


def test_the_export_holds_codes_and_counts_and_no_words_and_no_names(asked, asha, mohan, ben):
    case = case_for(asked, asha, "=cmd() Secret words")
    services.decide(case, by=mohan, verdict="publish", now=clock.now())
    for reader in readers(3):
        flagged_by(reader, case.contribution)
    waits = case_for(asked, ben, "Other")
    answer = signed_in(mohan).get(reverse("moderation_export"), {"state": "flagged"})
    text = b"".join(answer.streaming_content).decode()
    (row,) = csv.DictReader(text.splitlines())
    assert (row["case"], row["words_are"], row["flags"]) == (str(case.pk), "published", "3")
    assert row["consultation"] == str(asked.translation_key) and str(waits.pk) != row["case"]
    for secret in ("Secret", "cmd", case.contribution.participant.pseudonym, "Mohan", asha.username):
        assert secret not in text


def test_the_desk_is_searched_and_narrowed(asked, three, mohan):
    services.decide(three[0], by=mohan, verdict="reject", reason="spam", now=clock.now())
    browser = signed_in(mohan)

    def listed(**query):
        page = browser.get(reverse("moderation_desk"), query)
        return [line["case"] for line in page.context["lines"]]

    second = three[1]
    assert listed(q="tank 1") == [second] == listed(q=f"#{second.pk}")
    assert listed(q=second.contribution.participant.pseudonym) == [second]
    assert set(listed(q="Water at night")) == set(three[1:]) and listed(q="nothing at all") == []
    assert listed(state="rejected") == [three[0]] == listed(state="decided", reason="spam")
    assert listed(state="published") == [] == listed(kind="comment") and len(listed(kind="idea")) == 2
    Case.objects.filter(pk=second.pk).update(opened_at=second.opened_at - services.cases.LEASE * 100)
    assert listed(age="day") == [second]
    page = browser.get(reverse("moderation_desk"), {"pick": "all"}).content.decode()
    assert page.count(" checked") == 2
