"""An author is asked whether they were read rightly; a no waits for an analyst; the yeses are counted once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.download import everything_of
from accounts.services import erase_person
from analysis import read_backs, services
from analysis.models import Agreement, Coding, ReadBack, Run, Theme
from analysis.queries import read_backs_for
from analysis.waits import waits
from consultations.models import OutcomeAnswer, OutcomeVoice
from consultations.services import DraftAnswer, withdraw_response
from foundation import claims, clock
from foundation.errors import BadInput, NotAllowed, NotFound, WrongState
from tests.factories import consultations as made
from tests.people import signed_in

pytestmark = pytest.mark.django_db
SAID, MEANT = "The bill comes although no water does.", "I did not mean the bill, I meant the meter."


@pytest.fixture
def asked(db):
    return made.released_consultation(questions=[made.free_text("Why?")])


@pytest.fixture
def asha_said(asked, asha):
    return made.open_response(asked, asha, texts={0: SAID})


@pytest.fixture
def run(asked, asha_said, ben) -> Run:
    """Asha and Ben are read as `bills`; `meters` is named as well, `tanks` by the machine alone."""
    made.open_response(asked, ben, texts={0: "The bill is late."})
    made.close(asked)
    now = clock.now()
    run = Run.objects.create(consultation=asked, engine="themes", asked_at=now, due_at=now, state=claims.DONE)
    for label in ("Bills", "Meters", "tanks, roofs"):
        Theme.objects.create(run=run, language="en", label=label, named_by_person=label != "tanks, roofs")
    for words in asked.contributions.all():
        Coding.objects.create(theme=run.themes.get(label="Bills"), contribution=words)
    return run


@pytest.fixture
def bills(run) -> Theme:
    return run.themes.get(label="Bills")


@pytest.fixture
def meters(run) -> Theme:
    return run.themes.get(label="Meters")


def page(came, theme):
    return reverse("analysis:read_back", args=[came.receipt, theme.key])


def voice(came):
    return reverse("consultations:voice", args=[came.receipt])


def shown(address, who=None):
    answer = (signed_in(who) if who else Client()).get(address)
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def no(came, theme, words=MEANT):
    return read_backs.say(
        came.response, theme=theme, rightly=False, words=words, language="en", now=clock.now()
    )


def yes(response, theme):
    return read_backs.say(response, theme=theme, rightly=True, words="", language="en", now=clock.now())


def handed_down(theme) -> DraftAnswer:
    voices = [(pk, 1.0) for pk in theme.codings.values_list("contribution", flat=True)]
    return DraftAnswer(key=theme.key, label=theme.label, voices=voices)


def released(*themes):
    return made.released_outcome(themes[0].run.consultation, themes=[handed_down(each) for each in themes])


def test_by_the_receipt_alone_and_a_look_at_the_page_changes_nothing(asha_said, bills, asha):
    assert page(asha_said, bills) in shown(voice(asha_said))
    browser = Client(enforce_csrf_checks=True)
    form = browser.get(page(asha_said, bills))
    words = form.content.decode()
    assert "Bills" in words and SAID not in words and "no emergency line" in words
    assert browser.head(page(asha_said, bills)).status_code == 200 and not ReadBack.objects.exists()
    assert browser.post(page(asha_said, bills), {"rightly": "yes"}).status_code == 403
    sent = {"rightly": "no", "words": MEANT, "csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    assert browser.post(page(asha_said, bills), sent).url == f"{voice(asha_said)}#read-rightly"
    assert ReadBack.objects.get().words == MEANT
    assert "no, I meant something else" in shown(voice(asha_said)) and MEANT not in shown(voice(asha_said))
    assert MEANT not in shown(page(asha_said, bills))
    assert MEANT in shown(voice(asha_said), asha) and SAID in shown(page(asha_said, bills), asha)


def test_a_no_needs_words_and_comes_back_with_what_was_typed(asha_said, bills):
    back = Client().post(page(asha_said, bills), {"rightly": "no", "words": " "}).content.decode()
    assert "Say in your own words what you meant." in back
    long = Client().post(page(asha_said, bills), {"words": MEANT}).content.decode()
    assert MEANT in long and "Choose: Is this what you meant?" in long
    with pytest.raises(BadInput):
        no(asha_said, bills, " ")
    assert not ReadBack.objects.exists()


def test_only_what_a_person_named_and_only_once_it_is_closed(asked, asha_said, run, meters, lata):
    machine = run.themes.get(label="tanks, roofs")
    Coding.objects.create(theme=machine, contribution=asha_said.response.contributions.get())
    assert "tanks" not in shown(voice(asha_said))
    assert Client().get(page(asha_said, machine)).status_code == 404
    for theme in (machine, meters):
        with pytest.raises(NotFound):
            yes(asha_said.response, theme)
    services.rename(machine, label="Tanks", by=lata)
    assert "Tanks" in shown(voice(asha_said))
    type(asked).objects.filter(pk=asked.pk).update(closes_at=clock.now() + timedelta(days=1))
    assert "Did we read you rightly" not in shown(voice(asha_said))


def test_one_answer_a_reading_and_the_newest_counts(asha_said, bills, lata):
    first = no(asha_said, bills)
    read_backs.keep(first, answer="It says bill.", by=lata, now=clock.now())
    again = no(asha_said, bills, "The meter!")
    assert (again.pk, again.verdict, again.answer) == (first.pk, "", "")
    assert yes(asha_said.response, bills).words == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadBack.objects.create(
            response=asha_said.response, theme=bills, rightly=True, language="en", said_at=clock.now()
        )
    for wrong in ({"words": "x"}, {"verdict": "kept", "by": 1, "settled_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReadBack.objects.update(**wrong)


def test_an_analyst_reads_it_otherwise_also_in_the_draft(
    asked, asha_said, bills, meters, run, lata, esha, greta
):
    made.drafted_outcome(asked, themes=[handed_down(bills), handed_down(meters)])
    row = no(asha_said, bills)
    assert [line.number for line in waits(lata, clock.now())][-1] == 1
    assert [line.number for line in waits(esha, clock.now())] == [0, 0]
    for other in (esha, greta):
        with pytest.raises(NotAllowed):
            read_backs.correct(row, to=meters, by=other, now=clock.now())
    for wrong in (bills, run.themes.get(label="tanks, roofs")):
        with pytest.raises(BadInput):
            read_backs.correct(row, to=wrong, by=lata, now=clock.now())
    browser, desk = signed_in(lata), reverse("analysis_read_back", args=[row.key])
    assert MEANT in browser.get(reverse("analysis_read_backs")).content.decode()
    opened = browser.get(desk).content.decode()
    assert SAID in opened and MEANT in opened
    assert asha_said.response.participant.pseudonym not in opened and asha_said.receipt not in opened
    sent = browser.post(desk, {"act": "correct", "theme": meters.pk})
    assert sent.url == reverse("analysis_read_backs")
    words = asha_said.response.contributions.get()
    assert words.codings.get().theme == meters and words.codings.get().corrected
    assert OutcomeVoice.objects.get(contribution=words).answer.key == meters.key
    assert OutcomeAnswer.objects.get(key=bills.key).voices.count() == 1
    page_now = shown(voice(asha_said))
    assert "as “Meters” now" in page_now and page(asha_said, meters) in page_now
    assert page(asha_said, bills) not in page_now and not read_backs_for(lata).exists()
    with pytest.raises(WrongState):
        read_backs.keep(row, answer="Late.", by=lata, now=clock.now())


def test_a_voice_corrected_by_hand_is_read_otherwise_in_the_draft_too(
    asked, asha_said, bills, meters, run, lata
):
    made.drafted_outcome(asked, themes=[handed_down(bills), handed_down(meters)])
    words = asha_said.response.contributions.get()
    services.correct(words, run=run, to=meters, by=lata)
    assert OutcomeVoice.objects.get(contribution=words).answer.key == meters.key
    services.correct(words, run=run, to=None, by=lata)
    assert not OutcomeVoice.objects.filter(contribution=words).exists()


def test_a_quote_that_a_correction_leaves_behind_in_a_draft_is_told_of(
    asked, asha_said, bills, meters, run, lata
):
    words, desk = asha_said.response.contributions.get(), signed_in(lata)
    quoting = replace(handed_down(bills), quotes=[words.key])
    draft = made.drafted_outcome(asked, themes=[quoting, handed_down(meters)])
    address = reverse("analysis_run", args=[run.key])
    assert "not read any more" not in desk.get(address).content.decode()
    correct = reverse("analysis_voice", args=[run.key, words.key])
    told = desk.post(correct, {"theme": meters.pk}, follow=True).content.decode()
    assert "The run names each of them" in told and SAID in told
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in told
    assert "not read any more" not in desk.post(correct, {"theme": bills.pk}, follow=True).content.decode()


def test_it_stays_with_a_reason_for_its_author_alone(asha_said, bills, lata, asha):
    desk = reverse("analysis_read_back", args=[no(asha_said, bills).key])
    assert signed_in(lata).post(desk, {"act": "keep", "answer": " "}).status_code == 200
    assert ReadBack.objects.get().verdict == ""
    signed_in(lata).post(desk, {"act": "keep", "answer": "Your words speak of the bill."})
    assert "Your words speak of the bill." in shown(voice(asha_said), asha)
    stranger = shown(voice(asha_said))
    assert "the reading stays" in stranger and "speak of the bill" not in stranger


def test_once_the_outcome_is_out_nothing_changes_and_the_share_is_kept(
    asked, asha_said, bills, meters, ben, lata
):
    row = no(asha_said, bills)
    yes(asked.responses.exclude(pk=asha_said.response.pk).get(), bills)
    outcome = released(bills, meters)
    with pytest.raises(WrongState):
        yes(asha_said.response, bills)
    assert Client().post(page(asha_said, bills), {"rightly": "yes"}).status_code == 409
    assert Client().get(page(asha_said, bills)).status_code == 302
    with pytest.raises(WrongState):
        read_backs.correct(row, to=meters, by=lata, now=clock.now())
    assert read_backs.count_due(clock.now()) == 1 and read_backs.count_due(clock.now()) == 0
    read_backs.keep(row, answer="It stays.", by=lata, now=clock.now())
    erase_person(ben, by=ben, now=clock.now())
    kept = Agreement.objects.get()
    assert (kept.rightly, kept.answered, kept.kept, kept.outcome) == (1, 2, 0, outcome)
    with CaptureQueriesContext(connection) as asked_of:
        assert "1 of 2 voices who answered" in Client().get(outcome.page.url).content.decode()
    assert not any("readback" in query["sql"] for query in asked_of)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.update(rightly=3)


def test_the_release_counts_by_itself(asha_said, bills, commit):
    yes(asha_said.response, bills)
    with commit():
        released(bills)
    assert Agreement.objects.get().answered == 1


def test_it_can_be_taken_along_and_goes_with_its_author(asha_said, bills, asha, lata):
    read_backs.keep(no(asha_said, bills), answer="You said bill.", by=lata, now=clock.now())
    (given,) = everything_of(asha)["analysis.ReadBack"]
    assert given["words"] == MEANT and "by" not in given
    no(asha_said, bills)
    erase_person(asha, by=asha, now=clock.now())
    row = ReadBack.objects.get()
    assert (row.words, row.answer, row.rightly) == ("", "", False)
    assert not read_backs_for(lata).exists()


def test_what_was_taken_back_dropped_or_merged_waits_no_more(asha_said, bills, meters, asha, lata):
    no(asha_said, bills)
    assert read_backs_for(lata).exists()
    with transaction.atomic():
        services.drop(bills, by=lata, now=clock.now())
        assert not read_backs_for(lata).exists()
        transaction.set_rollback(True)
    services.merge(bills, into=meters, by=lata)
    assert not read_backs_for(lata).exists()
    assert "not read so any more" in shown(voice(asha_said))
    no(asha_said, meters)
    withdraw_response(asha_said.response, person=asha, now=clock.now())
    assert not read_backs_for(lata).exists() and "read you rightly" not in shown(voice(asha_said))


def test_the_desks_list_asks_as_often_for_many_as_for_one(asked, asha_said, bills, lata):
    no(asha_said, bills)
    browser, address = signed_in(lata), reverse("analysis_read_backs")
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for response in asked.responses.exclude(pk=asha_said.response.pk):
        read_backs.say(response, theme=bills, rightly=False, words="Mine.", language="en", now=clock.now())
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(one)
