"""Whatever goes wrong is told on a plain page, with the status that a machine understands."""

import pytest

from foundation import slots

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.foundation.urls")]


@pytest.fixture(autouse=True)
def _nothing_of_the_rooms_above(monkeypatch):
    """What they put into the page's places would lead to their addresses, and here are none."""
    monkeypatch.setattr(slots, "_places", {})


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("bad-input", 400, "Your &lt;words&gt; were too long."),
        ("not-allowed", 403, "Only a moderator may do this."),
        ("not-found", 404, "There is no such idea."),
        ("wrong-state", 409, "The consultation has closed."),
        ("outside", 503, "The post office is asleep."),
        ("outside-for-good", 502, "The post office is gone."),
        ("refused", 502, "They refused what we sent."),
        ("auth-expired", 502, "They no longer accept our account."),
        ("unknown", 503, "Nobody knows."),
        ("rate-limited", 503, "They ask us to wait."),
    ],
)
def test_our_own_errors_become_plain_pages_in_their_own_words(client, how, status, words):
    response = client.get(f"/en/fails/{how}")
    assert response.status_code == status
    assert words in response.content.decode()
    assert "errors/plain.html" in [template.name for template in response.templates]


def test_who_is_asked_to_wait_is_told_how_long(client, time_machine):
    time_machine.move_to("2026-03-01T09:00:00+00:00", tick=False)
    assert client.get("/en/fails/rate-limited")["Retry-After"] == "90"
    assert "Retry-After" not in client.get("/en/fails/outside")


@pytest.mark.parametrize(("how", "status"), [("denied", 403), ("missing", 404)])
def test_djangos_own_refusals_stay_with_djangos_handlers(client, how, status):
    assert client.get(f"/en/fails/{how}").status_code == status


def test_a_real_fault_is_not_dressed_up(client):
    with pytest.raises(ZeroDivisionError):
        client.get("/en/fails/broken")
