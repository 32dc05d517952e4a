"""What holds for every letter there is, also for one that comes tomorrow."""

import inspect

import pytest

from foundation.languages import direction
from notifications.groups import ALWAYS, DIGEST, GROUPS
from notifications.letters import letters
from notifications.letters.base import Words, code, full, goes, head, language_of, link, quote, says
from notifications.models import Letter
from notifications.services import paper

PARTS = [
    says("Words <b>"),
    head("Head"),
    quote("One\nTwo", "hi"),
    code("ABC-1"),
    goes("Go", "http://x/"),
    link("At:", "http://y/"),
]


@pytest.mark.parametrize("key", list(letters))
def test_its_file_has_its_name_and_it_declares_itself(key):
    occasion = letters[key]
    package, _dot, file = inspect.getmodule(type(occasion)).__name__.rpartition(".")
    assert (package.split(".")[:2], file) == (["notifications", "letters"], key)
    assert occasion.group in (*GROUPS, *ALWAYS, DIGEST)
    assert occasion.may_be_left == (occasion.group not in ALWAYS)
    assert isinstance(occasion.kept, bool)
    assert list(inspect.signature(occasion.write).parameters) == ["letter", "now"]


@pytest.mark.parametrize("key", list(letters))
def test_about_what_is_gone_it_has_nothing_to_say(db, key, now, asha):
    letter = Letter(occasion=key, thing="nothing:0", person=asha, facts={}, language="en")
    assert letters[key].write(letter, now) is None
    assert list(letters[key].missing(now)) == []


@pytest.mark.parametrize("language", ["en", "hi", "ar"])
@pytest.mark.parametrize("key", list(letters))
def test_as_a_sheet_it_is_plain_text_and_html_without_scripts_or_foreign_addresses(key, language, settings):
    letter = Letter(occasion=key, thing="x:1", person_id=7, language=language, message_id="a.b")
    sheet = paper.message(letter, Words("A\r\nBcc: all@x.example", PARTS), "asha@people.example")
    ((html, kind),) = sheet.alternatives
    assert kind == "text/html"
    assert sheet.subject == "A Bcc: all@x.example"
    assert "Words &lt;b&gt;" in html
    assert "<style" not in html
    assert "<script" not in html
    assert "<img" not in html
    assert 'style="' in html
    assert f'dir="{direction(language)}"' in html
    assert 'lang="hi"' in html
    for part in PARTS:
        assert part.text.splitlines()[0].rstrip(":") in sheet.body
    left = letters[key].may_be_left
    assert ("List-Unsubscribe" in sheet.extra_headers) == left
    for address in ("/letters/stop/", "/letters/wishes/"):
        assert (address in sheet.body) == (address in html) == left


def test_codes_receipts_and_duties_always_come_and_the_others_can_be_stopped():
    assert {key for key in letters if letters[key].may_be_left} == {
        "outcome", "decision", "appeal_decided", "reply", "followed", "read_back", "digest",
    }  # fmt: skip
    assert {key for key in letters if not letters[key].kept} == {"sign_in_code"}


def test_addresses_of_pages_are_ours_whatever_site_they_name():
    assert full("http://other.example/en/a/?b=1") == "http://localhost:8000/en/a/?b=1"
    assert full("/en/a/") == "http://localhost:8000/en/a/"
    assert full("") == ""


def test_an_unknown_language_is_written_in_the_sites_own():
    assert [language_of(code) for code in ("hi", "xx", "")] == ["hi", "en", "en"]
