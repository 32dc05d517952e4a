"""However a word is written, spelt or inflected, it is found: the same on both sides of every comparison."""

import threading

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from foundation.normalise import STOP_WORDS, fold, is_stop, normal, stem, terms, variants, words

ONE = [
    ("en", "library libraries LIBRARY ＬＩＢＲＡＲＹ Library's library’s"),
    ("en", "naive naïve NAÏVE nai\u0308ve"),
    ("en", "co\u00adoperate cooperate"),
    ("fr", "école écoles ecole ECOLES l'école l’école d'écoles"),
    ("fr", "œuvre oeuvre l'œuvre"),
    ("es", "niño niños NIÑO nino"),
    ("hi", "नदी नदियों नदियाँ नदियां"),
    ("hi", "सड़क सड़कों सड़कें सडक"),
    ("hi", "हिन्दी हिंदी"),
    ("hi", "सम्पर्क संपर्क"),
    ("hi", "ज़मीन जमीन"),
    ("hi", "पुस्तकालय पुस्तकालयों"),
    ("ar", "حديقة حَديقة حديقه الحديقة والحديقة حديقـــة"),
    ("ar", "مدينة مدينه المدينة المدينه والمدينة"),
    ("ar", "مكتبة مكتبات المكتبات"),
    ("ar", "أحمد احمد"),
    ("ar", "مدارس المدارس للمدارس بالمدارس"),
    ("en", "2026 २०२६ ٢٠٢٦ ۲۰۲۶"),
]
APART = [
    ("hi", "नदी नाद"),
    ("hi", "की के"),
    ("hi", "किताब कितना"),
    ("ar", "مدينة مدرسة"),
    ("ar", "شارع شراع"),
    ("en", "bus business"),
    ("fr", "aujourd'hui hui"),
]


@pytest.mark.parametrize(("language", "written"), ONE)
def test_these_are_one_word(language: str, written: str) -> None:
    assert len(set(terms(written, language))) == 1


@pytest.mark.parametrize(("language", "written"), APART)
def test_these_stay_apart(language: str, written: str) -> None:
    assert len(set(terms(written, language))) == 2


def test_the_script_decides_where_the_language_cannot_be_right() -> None:
    assert normal("Parks and नदियों, والمدينة", "hi") == normal("park and नदी مدينه", "en")


def test_what_is_asked_in_any_language_meets_what_was_written_in_its_own() -> None:
    for language, written in (("fr", "bibliothèques"), ("es", "bibliotecas"), ("en", "libraries")):
        asked = next(words(written))
        assert stem(asked.folded, language) in variants(asked.folded, ["en", "es", "fr", "hi", "ar"])


def test_a_word_knows_its_place_in_the_text_as_it_was_given() -> None:
    text = "Les ÉCOLES, नदियों; (والمدينة)"
    assert [text[word.start : word.end] for word in words(text)] == ["Les", "ÉCOLES", "नदियों", "والمدينة"]


def test_signs_that_are_not_words_part_them_and_unseen_ones_do_not() -> None:
    assert normal('"roads" & parks_or%trees\x00now -- (x)', "en") == "road park or tree now x"
    assert normal("\u202eroad\u200fs\u202c", "en") == "road"


def test_stop_words_are_known_as_they_are_folded() -> None:
    assert is_stop("the", "en")
    assert is_stop(fold("हैं"), "hi")
    assert is_stop(fold("إلى"), "ar")
    assert is_stop(fold("À"), "fr")
    assert is_stop(fold("también"), "es")
    assert not is_stop("water", "en")
    assert not is_stop("the", "xx")
    assert all(word == fold(word) for found in STOP_WORDS.values() for word in found)


def test_a_very_long_word_is_cut_and_a_very_long_text_is_read() -> None:
    assert terms("x" * 100_000, "en") == ["x" * 64]
    assert len(terms("नदियों की सफाई " * 20_000, "hi")) == 60_000


def test_many_threads_stem_alike() -> None:
    asked = [
        f"{beginning}{ending}"
        for beginning in ("librar", "organ", "nation")
        for ending in ("ies", "isation", "ally")
    ]
    wanted = [[stem(f"{word}{number}ing", "en") for word in asked] for number in range(8)]
    found: list[list[str]] = [[] for _number in range(8)]

    def one(number: int) -> None:
        found[number] = [stem(f"{word}{number}ing", "en") for word in asked]

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == wanted


@given(st.text(), st.sampled_from(["en", "hi", "ar", "es", "fr", "xx", "pt-br", ""]))
def test_whatever_is_written_terms_are_letters_and_figures_only(text: str, language: str) -> None:
    for term in terms(text, language):
        assert term
        assert regex.fullmatch(r"[\p{L}\p{N}\p{M}\p{Co}]+", term)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    for word in words(text):
        assert fold(word.folded) == word.folded
