"""Somebody who is erased leaves no letter behind, whatever was under way."""

from django.core import mail

from accounts.services import ask_for_code, erase_person
from notifications import services
from notifications.models import Letter, Preference
from notifications.services.postbox import Postbox
from tests.factories.consultations import open_response


def test_letters_codes_and_wishes_go_with_the_person_and_those_of_others_stay(
    consultation, asha, ben, now, commit, monkeypatch
):
    monkeypatch.setattr("notifications.tasks.poke", lambda *_task: None)
    with commit():
        open_response(consultation, asha)
        open_response(consultation, ben)
        ask_for_code("Asha+home@people.example", browser="b", network="10.9.0.0/24", language="en", now=now)
    services.want_letters(asha.pk, wanted=False, now=now)
    assert Letter.objects.count() == 3
    erase_person(asha, by=asha, now=now)
    assert [letter.person_id for letter in Letter.objects.all()] == [ben.pk]
    assert not Preference.objects.exists()
    services.run_due(now)
    assert [letter.to for letter in mail.outbox] == [["ben@people.example"]]


def test_a_letter_in_a_workers_hands_is_not_sent_any_more(consultation, asha, now, post, monkeypatch):
    open_response(consultation, asha)
    services.find_missing(now)
    listen = Postbox.hand_over

    def erased_meanwhile(box, message, *, before_words):
        erase_person(asha, by=asha, now=now)
        return listen(box, message, before_words=before_words)

    monkeypatch.setattr(Postbox, "hand_over", erased_meanwhile)
    assert services.send_due(now) == {}
    assert post.letters == []
    assert not Letter.objects.exists()
