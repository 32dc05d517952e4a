"""The desk of stuck letters: platform administrators decide, and see neither reader nor subject."""

import pytest
from django.urls import reverse

from foundation.errors import NotAllowed, WrongState
from notifications import services
from notifications.models import Letter
from tests.notifications.letters import receipt_for
from tests.people import OFFICIALS, address, person, signed_in


@pytest.fixture
def stuck(consultation, asha, now):
    letter = receipt_for(consultation, asha, now)
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.UNKNOWN, last_error="unknown")
    letter.refresh_from_db()
    return letter


def test_platform_administrators_come_in_and_nobody_else(db, asha):
    url = reverse("notifications_desk")
    came_in = {key for key in (*OFFICIALS, "root") if signed_in(person(key)).get(url).status_code == 200}
    assert came_in == {"pavan"}
    assert signed_in(asha).get(url).status_code in (302, 403)


def test_the_desk_shows_what_happened_and_neither_who_nor_what_about(stuck, pavan, asha):
    page = signed_in(pavan).get(reverse("notifications_desk")).content.decode()
    assert "Nobody knows whether it arrived" in page
    assert address("asha") not in page
    assert stuck.thing not in page
    assert asha.username not in page


def test_sending_again_puts_it_back_among_the_due_ones(stuck, pavan, now, mailoutbox):
    signed_in(pavan).post(reverse("notifications_decide", args=[stuck.pk]), {"act": "again"})
    stuck.refresh_from_db()
    assert (stuck.state, stuck.attempts, stuck.handed_at) == (Letter.State.DUE, 0, None)
    services.send_due(stuck.due_at)
    assert len(mailoutbox) == 1


def test_leaving_it_takes_it_off_the_desk_for_good(stuck, pavan, now, mailoutbox):
    signed_in(pavan).post(reverse("notifications_decide", args=[stuck.pk]), {"act": "let_be"})
    services.run_due(now)
    stuck.refresh_from_db()
    assert (stuck.state, len(mailoutbox)) == (Letter.State.CANCELLED, 0)


def test_nobody_else_decides_and_nobody_decides_twice(stuck, mohan, pavan, now):
    with pytest.raises(NotAllowed):
        services.send_again(stuck, by=mohan, now=now)
    assert signed_in(mohan).post(reverse("notifications_decide", args=[stuck.pk])).status_code in (302, 403)
    services.let_be(stuck, by=pavan, now=now)
    with pytest.raises(WrongState):
        services.send_again(stuck, by=pavan, now=now)
