"""The mailbox of a developer's machine: the newest letters as text, and nothing of it elsewhere."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.services import ask_for_code
from portal.urls import urlpatterns as ours


@pytest.fixture
def machine(settings, tmp_path):
    """Letters lie in a folder, and the mailbox is mounted."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.MAILBOX_DIR = str(tmp_path / "mail")
    settings.ROOT_URLCONF = "tests.notifications.mailbox_site"
    return tmp_path / "mail"


def test_where_letters_are_really_sent_there_is_no_mailbox(db):
    assert ours, "read before any test says that this is a developer's machine"
    assert Client().get("/mailbox/", follow=True).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("mailbox:index")


def test_mounted_by_mistake_it_still_shows_nothing(db, machine, settings):
    settings.MAILBOX_DIR = ""
    assert Client().get("/mailbox/", follow=True).status_code == 404


def test_an_empty_mailbox_says_so(db, machine):
    page = Client().get(reverse("mailbox:index"))
    assert page.status_code == 200
    assert "No letter yet" in page.content.decode()


def test_the_newest_code_can_be_read_first(db, machine, now, commit):
    for name in ("asha", "ben"):
        with commit():
            ask_for_code(f"{name}@people.example", browser="b", network="10.8.0.0/24", language="en", now=now)
    page = Client().get(reverse("mailbox:index"))
    said = page.content.decode()
    assert said.index("ben@people.example") < said.index("asha@people.example")
    assert "is your code" in said
    assert not page.cookies
    assert "no-store" in page["Cache-Control"]


def test_a_letter_with_markup_in_it_is_shown_as_text(db, machine):
    machine.mkdir()
    raw = b"To: a@b.example\nSubject: <script>x</script>\n\n<b>bold</b>\n" + b"-" * 79 + b"\n"
    (machine / "1.log").write_bytes(raw)
    said = Client().get("/mailbox/").content.decode()
    assert "<script>x" not in said
    assert "&lt;b&gt;bold" in said
