"""Automatic checks: each newcomer is tested the day it arrives; they find places, break on nothing, and only find."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations import reasons as hall
from moderation import reasons
from moderation.screens import Context, Earlier, look, screens
from moderation.screens.personal_data import luhn, verhoeff
from moderation.screens.repeats import alike, runs

EMPTY = Context()
WORST = [
    "a" * 20_000,
    "1" * 20_000,
    "1 " * 10_000,
    "a." * 10_000,
    "a-" * 10_000,
    "@" * 20_000,
    "a@" * 10_000,
    "http://" * 2_800,
    "+1(" * 6_600,
    "\u202e\u200b" * 10_000,
    "Z" + "\u0337\u0321" * 9_000,
    "(at) " * 4_000,
    "ABCPE" * 4_000,
    "نص طويل " * 2_500,
    "",
    "\x00",
    "<b>&amp;",
]


@pytest.mark.parametrize("key", list(screens))
def test_every_screen_has_words_and_its_hold_is_explained(key):
    screen = screens[key]
    assert screen.key == key and str(screen.label)
    assert f"check_{key}" in reasons.HOLDS
    assert hall.words(f"check_{key}") == str(reasons.HOLDS[f"check_{key}"])


@pytest.mark.parametrize("key", list(screens))
@pytest.mark.parametrize("text", WORST, ids=lambda text: text[:8].encode("unicode_escape").decode())
def test_no_text_breaks_a_screen_or_keeps_it_busy(key, text):
    began = time.process_time()
    found = screens[key].look(text, Context(earlier=(Earlier(text), Earlier("other words"))))
    assert time.process_time() - began < 2
    assert all(0 <= finding.start <= finding.end <= len(text) for finding in found)


@pytest.mark.parametrize("key", list(screens))
@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=400), earlier=st.lists(st.text(max_size=100), max_size=3))
def test_every_finding_is_a_place_in_the_text_with_words(key, text, earlier):
    for finding in screens[key].look(text, Context(earlier=tuple(Earlier(words) for words in earlier))):
        assert finding.screen == key and str(finding.note)
        assert 0 <= finding.start <= finding.end <= len(text)


@pytest.mark.parametrize("key", list(screens))
def test_plain_words_are_not_held(key):
    for text in (
        "The water pressure in ward 11 fell from 3.5 to 2.1 bar between 2019 and 2024. It's a shame.",
        "This minister is incompetent and the agency lies. Resign!",
        "We sat there.It rained. Section 4.2.1 says 10,000,000 rupees, i.e. 1.2 % of the budget (2023-2024).",
        "हर वार्ड में महीने में एक मरम्मत मेला, सुबह १० से ४ बजे तक।",
        "أرجو أن تُكتب مواعيد فحص الماء في 12/05/2026.",
    ):
        assert screens[key].look(text, EMPTY) == []


def found_in(key, text, context=EMPTY):
    return [text[finding.start : finding.end] for finding in screens[key].look(text, context)]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see http://example.com/a?b=c today", "http://example.com/a?b=c"),
        ("see HTTPS://EXAMPLE.COM today", "HTTPS://EXAMPLE.COM"),
        ("hxxp://bad.example/x", "hxxp://bad.example/x"),
        ("www.example.com", "www.example.com"),
        ("go to example.com now", "example.com"),
        ("nadipur.gov.in has it", "nadipur.gov.in"),
        ("bit.ly/abc", "bit.ly/abc"),
        ("ｅｘａｍｐｌｅ．ｃｏｍ", "ｅｘａｍｐｌｅ．ｃｏｍ"),
        ("example。com", "example。com"),
        ("t.co/x", "t.co/x"),
    ],
)
def test_links_are_found_however_they_are_written(text, link):
    assert found_in("links", text) == [link]


def test_letters_that_only_look_like_others_are_named():
    (finding,) = screens["links"].look("pay at http://pаypal.com/x", EMPTY)
    assert "only look like" in str(finding.note)
    (plain,) = screens["links"].look("pay at http://paypal.com/x", EMPTY)
    assert "only look like" not in str(plain.note)


def test_our_own_pages_are_no_links_to_elsewhere():
    ours = Context(own_hosts=frozenset({"samvad.example.org"}))
    assert found_in("links", "https://samvad.example.org/en/ideas/", ours) == []
    assert found_in("links", "https://samvad.example.org.evil.com/", ours) != []


@pytest.mark.parametrize(
    ("text", "data", "what"),
    [
        ("call 98765 43210 now", "98765 43210", "telephone"),
        ("call +91-98765-43210", "+91-98765-43210", "telephone"),
        ("call ९८७६५४३२१०", "९८७६५४३२१०", "telephone"),
        ("call ٩٨٧٦٥٤٣٢١٠", "٩٨٧٦٥٤٣٢١٠", "telephone"),
        ("9\u200b8\u200b7\u200b6\u200b5\u200b4\u200b3\u200b2\u200b1\u200b0", None, "telephone"),
        ("9 8 7 6 5 4 3 2 1 0", "9 8 7 6 5 4 3 2 1 0", "telephone"),
        ("office 022-27571234", "022-27571234", "telephone"),
        ("in Paris +33 1 42 68 53 00", "+33 1 42 68 53 00", "telephone"),
        ("write to asha.rao@example.org.", "asha.rao@example.org", "e-mail"),
        ("asha＠example.org", "asha＠example.org", "e-mail"),
        ("asha [at] example [dot] org", "asha [at] example [dot] org", "e-mail"),
        ("mine is 2341 2341 2346", "2341 2341 2346", "Aadhaar"),
        ("mine is 234123412346", "234123412346", "Aadhaar"),
        ("pan ABCPE1234F", "ABCPE1234F", "PAN"),
        ("pan abcpe1234f", "abcpe1234f", "PAN"),
        ("card 4111 1111 1111 1111", "4111 1111 1111 1111", "card"),
        ("card 5500-0000-0000-0004", "5500-0000-0000-0004", "card"),
    ],
)
def test_personal_data_are_found_in_every_spelling(text, data, what):
    (finding,) = screens["personal_data"].look(text, EMPTY)
    assert what in str(finding.note)
    assert data is None or text[finding.start : finding.end] == data


@pytest.mark.parametrize(
    "text",
    [
        "2341 2341 2347",
        "4111 1111 1111 1112",
        "ABCDE1234F",
        "5000000000 rupees",
        "1234567890",
        "2019-2020-2021",
        "12 345 678",
        "@handle",
        "a @ b",
    ],
)
def test_numbers_that_are_none_of_these_are_left_alone(text):
    assert found_in("personal_data", text) == []


def test_two_numbers_side_by_side_are_both_found():
    assert found_in("personal_data", "9876543210 9123456780") == ["9876543210", "9123456780"]


@given(st.integers(min_value=10**10, max_value=10**11 - 1))
def test_exactly_one_last_digit_fits_each_checksum(number):
    for fits in (verhoeff, luhn):
        assert sum(fits(f"{number}{last}") for last in range(10)) == 1


@given(st.integers(min_value=2 * 10**10, max_value=10**11 - 1), st.integers(0, 9))
def test_verhoeff_sees_two_neighbours_that_changed_places(number, at):
    digits = next(f"{number}{last}" for last in range(10) if verhoeff(f"{number}{last}"))
    turned = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    assert verhoeff(turned) == (turned == digits)


LETTER = "Please open the water taps at night because the shifts of the mill end at eleven o'clock."


def test_near_copies_are_found_and_say_whose():
    nearly = LETTER.replace("eleven", "twelve").upper()
    (finding,) = screens["repeats"].look(nearly, Context(earlier=(Earlier(LETTER), Earlier("Else"))))
    assert "somebody else" in str(finding.note) and (finding.start, finding.end) == (0, 0)
    mine = Context(earlier=(Earlier(LETTER, same_writer=True), Earlier(LETTER)))
    (finding,) = screens["repeats"].look(nearly, mine)
    assert "The same writer" in str(finding.note) and "1 of 2" in str(finding.note)


def test_short_words_and_other_words_are_no_copies():
    same = Context(earlier=(Earlier("Yes, please do that."), Earlier(LETTER)))
    assert screens["repeats"].look("Yes, please do that.", same) == []
    assert (
        screens["repeats"].look("The taps should run at night, my mill closes late and I am thirsty.", same)
        == []
    )


def test_likeness_is_one_for_oneself_and_nothing_for_a_stranger():
    assert alike(runs(LETTER), runs(LETTER)) == 1.0
    assert alike(runs(LETTER), runs("Something entirely different about benches and trees in parks.")) == 0.0
    assert alike(runs(""), runs("")) == 0.0


def test_a_screen_that_breaks_does_not_stop_the_others(monkeypatch, caplog):
    def broken(text, context):
        raise RuntimeError("planted")

    monkeypatch.setattr(type(screens["links"]), "look", staticmethod(broken))
    found = look("asha@example.org http://example.com", EMPTY)
    assert {finding.screen for finding in found} == {"personal_data"}
    assert "A screen broke" in caplog.text and "planted" in caplog.text
