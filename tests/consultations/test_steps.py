"""One question on a page: each word is kept, two windows lose nothing, all is looked at once more, one POST sends it."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.services import erase_person
from consultations.models import Consultation, Contribution, Draft, DraftPart, Response
from consultations.services import drafts, forget_drafts
from consultations.services.drafts import Owner
from foundation import clock
from tests.consultations.looks import seen
from tests.factories import consultations as made
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(db: None) -> Consultation:
    return made.released_consultation(
        questions=[
            made.free_text("Why?"),
            made.choice("When?", options=["Dawn", "Dusk"]),
            made.choice("Which?", options=["Red", "Green", "Blue"], most=2),
            made.free_text("What else?", visibility="after_close", longest=20),
        ]
    )


def form_of(row: Consultation, step: int | str = "", language: str = "en") -> str:
    place = f"/{language}/consultations/{row.translation_key}/answer/{row.phases.get().pk}/"
    return f"{place}{step}/" if step else place


def name(row: Consultation, step: int) -> str:
    return f"q{made.questions_of(row)[step - 1].pk}"


def option(row: Consultation, step: int, at: int = 0) -> str:
    return made.questions_of(row)[step - 1].settings["options"][at]["id"]


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's form."""
    return dict(
        re.findall(r'<input type="hidden" name="(seen|others_seen|request_key)" value="([^"]*)"', page)
    )


def typed(
    client: Client, row: Consultation, step: int, *words: str, go: str = "next", query: str = ""
) -> str:
    """Types into a page as it is shown, presses a button, and gives where it leads (or the page that came back)."""
    address = f"{form_of(row, step)}{query}"
    marks = hidden(seen(client.get(address)))
    response = client.post(address, {**marks, name(row, step): list(words), "go": go})
    return response["Location"] if response.status_code == 302 else seen(response)


def sent(client: Client, row: Consultation, **more: object) -> str:
    """Sends the answer as the check shows it, and gives where it leads or the page that came back."""
    page = seen(client.get(form_of(row, "check")))
    response = client.post(form_of(row, "check"), {**hidden(page), **more})
    return response["Location"] if response.status_code == 302 else seen(response)


def terms(client: Client, row: Consultation, **more: str) -> str:
    return client.post(form_of(row, 5), {"behalf": "person", "go": "next", **more})["Location"]


def kept_words(row: Consultation, step: int) -> list[str]:
    return DraftPart.objects.get(question=made.questions_of(row)[step - 1]).typed


def test_an_answer_is_given_question_by_question_and_sent_once(row, asha):
    client = signed_in(asha)
    assert client.get(form_of(row))["Location"] == form_of(row, 1)
    assert typed(client, row, 1, "Because.") == form_of(row, 2)
    assert typed(client, row, 2, option(row, 2, 1)) == form_of(row, 3)
    assert typed(client, row, 3, option(row, 3, 0), option(row, 3, 2)) == form_of(row, 4)
    assert typed(client, row, 4, go="skip") == form_of(row, 5)
    assert terms(client, row, may_quote="on") == form_of(row, "check")
    assert not Response.objects.exists()

    page = seen(client.get(form_of(row, "check")))
    for words in ("Because.", "Dusk", "Red, Blue", "Not answered", "For myself"):
        assert words in page
    assert page.count("?from=check") == 5
    answer = {**hidden(page)}
    first, second = (client.post(form_of(row, "check"), answer) for _time in range(2))
    assert first["Location"] == second["Location"] and "/voice/" in first["Location"]
    came = Response.objects.get()
    assert (came.may_quote, came.may_publish, came.behalf) == (True, False, "person")
    said = list(Contribution.objects.order_by("question__position").values_list("text", "answer"))
    assert said == [
        ("Because.", None),
        ("", {"options": [option(row, 2, 1)]}),
        ("", {"options": [option(row, 3, 0), option(row, 3, 2)]}),
    ]
    assert not Draft.objects.exists()


def test_somebody_goes_on_where_they_left(row, asha):
    client = signed_in(asha)
    typed(client, row, 1, "Because.")
    assert typed(client, row, 2, option(row, 2), go="later") == row.page.specific.url
    assert "What you typed is kept" in seen(client.get(row.page.specific.url))

    other_device = signed_in(asha)
    assert "Go on with your answer" in seen(other_device.get(row.page.specific.url))
    assert "Go on with your answer" in seen(other_device.get("/en/account/"))
    assert other_device.get(form_of(row))["Location"] == form_of(row, 3)
    assert "Because." in seen(other_device.get(form_of(row, 1)))
    assert re.search(rf'value="{option(row, 2)}"[^>]*checked', seen(other_device.get(form_of(row, 2))))
    assert "Start your answer" in Client().get(row.page.specific.url).content.decode()


def test_back_and_skip_lose_no_word(row, asha):
    client = signed_in(asha)
    assert typed(client, row, 4, "Far more than twenty letters", go="back") == form_of(row, 3)
    assert kept_words(row, 4) == ["Far more than twenty letters"]
    assert typed(client, row, 1, "Half a sent", go="skip") == form_of(row, 2)
    assert kept_words(row, 1) == ["Half a sent"]
    assert typed(client, row, 1, "Half a sent", go="back") == row.page.specific.url


def test_what_is_wrong_stands_on_the_page_and_is_kept_all_the_same(row, asha):
    page = typed(signed_in(asha), row, 4, "Far more than twenty letters <b>")
    assert 'role="alert"' in page and "<title>Problem: " in page
    assert "Far more than twenty letters &lt;b&gt;" in page
    assert kept_words(row, 4) == ["Far more than twenty letters <b>"]


def test_a_question_that_must_be_answered_cannot_be_skipped_and_the_check_says_so(asha):
    row = made.released_consultation(
        questions=[made.free_text("Why?", required=True), made.free_text("How?"), made.rating("Good?")]
    )
    client = signed_in(asha)
    page = typed(client, row, 1)
    assert "Fill in: Why?" in page and 'value="skip"' not in page
    typed(client, row, 2, "With care.")
    page = sent(client, row)
    assert 'role="alert"' in page and "<title>Problem: " in page
    assert 'href="#change-1">Fill in: Why?' in page and 'id="change-1"' in page
    assert not Response.objects.exists()
    assert typed(client, row, 1, "Because.", query="?from=check") == form_of(row, "check")
    assert "/voice/" in sent(client, row)


def test_an_answer_without_any_word_is_not_taken(row, asha):
    page = sent(signed_in(asha), row)
    assert "Answer at least one question" in page and 'role="alert"' in page
    assert not Response.objects.exists()


def test_two_windows_on_one_question_keep_both_words(row, asha):
    client = signed_in(asha)
    first = hidden(seen(client.get(form_of(row, 1))))
    second = hidden(seen(client.get(form_of(row, 1))))
    client.post(form_of(row, 1), {**first, name(row, 1): "From the first window", "go": "next"})
    response = client.post(form_of(row, 1), {**second, name(row, 1): "From the second", "go": "next"})
    page = seen(response)
    assert "You wrote something else here in another window" in page
    assert "From the first window" in page and "From the second" in page
    assert "From the first window" in seen(client.get(form_of(row, 1)))
    assert "in another window" in seen(client.get(form_of(row, "check")))

    assert typed(client, row, 1, "Both together") == form_of(row, 2)
    assert DraftPart.objects.get().others == [] and kept_words(row, 1) == ["Both together"]


def test_two_windows_on_the_terms_the_second_is_told_what_the_first_chose(row, asha):
    client, terms = signed_in(asha), form_of(row, 5)
    first, second = (hidden(seen(client.get(terms))) for _window in range(2))
    chosen = {"behalf": "organisation", "organisation": "Bakers of Nadipur", "may_quote": "on"}
    assert client.post(terms, {**first, **chosen}).status_code == 302
    told = client.post(terms, {**second, "behalf": "person"})
    page = seen(told)
    assert told.status_code == 200 and "You wrote something else here in another window" in page
    assert "Bakers of Nadipur" in page and "You may quote my words Yes" in page
    assert Draft.objects.get().terms["behalf"] == "person"
    assert client.post(terms, {**hidden(page), "behalf": "person"}).status_code == 302
    assert client.post(terms, {**second, "behalf": "person"}).status_code == 302, "nothing else was chosen"


def test_an_old_window_in_which_nothing_was_typed_takes_nothing_away(row, asha):
    client = signed_in(asha)
    old = hidden(seen(client.get(form_of(row, 1))))
    typed(client, row, 1, "From the new window")
    client.post(form_of(row, 1), {**old, name(row, 1): "", "go": "skip"})
    assert kept_words(row, 1) == ["From the new window"]
    typed(client, row, 1, "", go="next")
    assert kept_words(row, 1) == []


def test_what_was_changed_after_the_look_is_looked_at_again(row, asha):
    client = signed_in(asha)
    typed(client, row, 1, "Because.")
    looked = hidden(seen(client.get(form_of(row, "check"))))
    typed(client, row, 1, "For another reason.")
    page = seen(client.post(form_of(row, "check"), looked))
    assert "changed in another window" in page and "For another reason." in page
    assert not Response.objects.exists()
    assert "/voice/" in client.post(form_of(row, "check"), hidden(page))["Location"]
    assert Contribution.objects.get().text == "For another reason."


def test_words_typed_after_the_answer_was_sent_elsewhere_stay_in_sight(row, asha):
    client = signed_in(asha)
    old = hidden(seen(client.get(form_of(row, 1))))
    made.open_response(row, asha)
    response = client.post(form_of(row, 1), {**old, name(row, 1): "My second words", "go": "next"})
    assert response.status_code == 409
    assert b"My second words" in response.content and b"answered this already" in response.content
    assert kept_words(row, 1) == ["My second words"]
    for step in ("", 1, "check"):
        assert "/voice/" in client.get(form_of(row, step))["Location"]


def test_words_that_come_too_late_are_given_back_and_stay_for_a_while(row, asha, ben):
    client = signed_in(asha)
    typed(client, row, 1, "Typed in time")
    made.close(row)
    response = client.post(form_of(row, 2), {name(row, 2): option(row, 2, 1), "go": "next"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Typed in time" in page and "Dusk" in page and "This closed on" in page
    again = client.get(form_of(row))
    assert again.status_code == 409 and b"Typed in time" in again.content
    assert b"Typed in time" not in signed_in(ben).get(form_of(row)).content

    assert forget_drafts(row.closes_at + timedelta(days=29)) == 0
    assert forget_drafts(row.closes_at + timedelta(days=31)) == 1
    assert not Draft.objects.exists() and not DraftPart.objects.exists()


def test_a_visitor_types_first_and_signs_in_to_send(row, asha):
    visitor = Client()
    assert visitor.get(form_of(row))["Location"] == form_of(row, 1)
    assert "sessionid" not in visitor.cookies
    assert typed(visitor, row, 1, "Written before I signed in") == form_of(row, 2)
    assert "Go on with your answer" in seen(visitor.get(row.page.specific.url))
    page = seen(visitor.get(form_of(row, "check")))
    assert "Sign in to send it" in page and "Written before I signed in" in page
    assert 'class="btn btn--voice"' not in page
    assert "/sign-in/" in visitor.post(form_of(row, "check"), {})["Location"]
    assert b"Written before" not in Client().get(form_of(row, 1)).content

    visitor.force_login(asha)
    assert "Written before I signed in" in seen(visitor.get(form_of(row, "check")))
    assert Draft.objects.get().person == asha and Draft.objects.get().visitor is None
    assert "/voice/" in sent(visitor, row)


def test_what_was_typed_before_and_after_the_sign_in_stays_both(row, asha):
    typed(signed_in(asha), row, 1, "From home")
    typed(signed_in(asha), row, 2, option(row, 2))
    visitor = Client()
    typed(visitor, row, 1, "On the bus")
    visitor.force_login(asha)
    page = seen(visitor.get(form_of(row, 1)))
    assert "From home" in page and "On the bus" in page
    assert kept_words(row, 2) == [option(row, 2)]
    assert Draft.objects.count() == 1


def test_what_a_visitor_left_is_erased_with_their_session(row):
    typed(Client(), row, 1, "Left behind")
    now = clock.now()
    assert forget_drafts(now + timedelta(hours=7)) == 0
    assert forget_drafts(now + timedelta(hours=9)) == 1


def test_whoever_was_signed_out_while_typing_goes_on(row, asha):
    client = signed_in(asha)
    marks = hidden(seen(client.get(form_of(row, 1))))
    client.logout()
    response = client.post(form_of(row, 1), {**marks, name(row, 1): "Written for an hour", "go": "next"})
    assert response["Location"] == form_of(row, 2)
    client.force_login(asha)
    assert "Written for an hour" in seen(client.get(form_of(row, 1)))


def test_people_of_the_agency_are_told_before_they_type(row, mohan, greta):
    for step in (1, "check"):
        assert signed_in(mohan).get(form_of(row, step)).status_code == 403
    assert signed_in(mohan).post(form_of(row, 1), {name(row, 1): "As a citizen"}).status_code == 403
    assert signed_in(greta).get(form_of(row, 1)).status_code == 200
    visitor = Client()
    typed(visitor, row, 1, "Typed by a member")
    visitor.force_login(mohan)
    assert visitor.get(form_of(row, "check")).status_code == 403


def test_an_organisation_answers_by_name_with_a_paper(row, asha):
    client = signed_in(asha)
    typed(client, row, 1, "We think so.")
    response = client.post(form_of(row, 5), {"behalf": "organisation", "organisation": "", "go": "next"})
    assert "Write the name of the organisation" in seen(response)
    terms(client, row, behalf="organisation", organisation="River Friends")
    page = seen(client.get(form_of(row, "check")))
    assert "River Friends" in page and 'type="file"' in page and "multipart/form-data" in page

    wrong = SimpleUploadedFile("letter.pdf", b"MZ\x90\x00\x03")
    assert 'role="alert"' in sent(client, row, paper=wrong)
    assert not Response.objects.exists()
    paper = SimpleUploadedFile("Letter of Asha Rao.pdf", b"%PDF-1.7 our position")
    assert "/voice/" in sent(client, row, paper=paper)
    came = Response.objects.get()
    assert (came.behalf, came.organisation) == ("organisation", "River Friends")
    assert came.paper.name.endswith(".pdf") and "Asha" not in came.paper.name
    assert came.paper.read() == b"%PDF-1.7 our position"


def test_a_person_has_no_paper(row, asha):
    client = signed_in(asha)
    typed(client, row, 1, "I think so.")
    assert 'type="file"' not in seen(client.get(form_of(row, "check")))
    sent(client, row, paper=SimpleUploadedFile("mine.pdf", b"%PDF-1.7"))
    assert not Response.objects.get().paper


def test_questions_that_changed_places_meanwhile_keep_their_words(row, asha):
    client = signed_in(asha)
    address = client.post(form_of(row, 1), {name(row, 2): option(row, 2), "go": "next"})["Location"]
    assert address == form_of(row, 3)
    assert kept_words(row, 2) == [option(row, 2)]


def test_signs_and_lengths_that_cannot_be_kept_break_nothing(row, asha):
    client = signed_in(asha)
    typed(client, row, 1, "with a \x00 in it", go="later")
    assert kept_words(row, 1) == ["with a  in it"]
    page = typed(client, row, 1, "x" * 50_001, go="skip")
    assert "longer than 50000" in page and "x" * 50_001 in page


def test_the_hindi_way_feeds_the_same_draft(row, asha):
    made.released_translation(row)
    client = signed_in(asha)
    typed(client, row, 1, "In English")
    hindi = seen(client.get(form_of(row, 1, "hi")))
    assert "प्रश्न 1" in hindi and "In English" in hindi


def test_there_are_no_steps_where_the_form_is_short(asha):
    row = made.released_consultation(questions=[made.free_text("Why?"), made.rating("Good?")])
    client = signed_in(asha)
    assert client.get(form_of(row)).status_code == 200
    assert client.get(form_of(row, 1)).status_code == client.get(form_of(row, "check")).status_code == 404


def test_there_is_no_step_beyond_the_last(row, asha):
    for step in (0, 6, 99):
        assert signed_in(asha).get(f"{form_of(row)}{step}/").status_code == 404


def test_erasing_a_person_erases_what_they_have_not_sent(row, asha, ben):
    for somebody in (asha, ben):
        typed(signed_in(somebody), row, 1, "Mine alone")
    erase_person(asha, by=asha, now=clock.now())
    assert [draft.person for draft in Draft.objects.all()] == [ben]


def test_a_draft_has_exactly_one_owner_and_a_question_one_part(row, asha):
    phase, now = row.phases.get(), clock.now()
    for owners in ({}, {"person": asha, "visitor": uuid.uuid4()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Draft.objects.create(phase=phase, saved_at=now, **owners)
    drafts.keep(Owner(person=asha), made.questions_of(row)[0], ["One"], now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(phase=phase, saved_at=now, person=asha)
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftPart.objects.create(draft=Draft.objects.get(), question=made.questions_of(row)[0])
