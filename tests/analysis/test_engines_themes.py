"""Themes of free text: what must be kept apart is, campaigns weigh once, and no voice is lost."""

import csv
import os
import random
from collections import defaultdict
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.engines import Result, Theme, Voice, engines
from analysis.engines._copies import originals
from analysis.engines.themes import FEWEST, how_many

themes = engines["themes"]
SURVEY = Path(__file__).parents[3] / "shared" / "data" / "survey_austin" / "responses.csv"
SEPARATED = {
    "traffic": "traffic",
    "public transport": "public transportation",
    "rail": "light rail",
    "roads": "toll roads",
    "bicycles": "bike lanes",
    "housing": "affordable housing",
    "cost of living": "cost live",
    "taxes": "property taxes",
    "water and electricity": "electric rates",
    "parks and sidewalks": "sidewalks neighborhood parks",
    "police": "police",
    "homelessness": "homeless",
    "ride hailing": "uber lyft",
}
"""What the city's own report tells apart, and the words by which we look for it."""

SUBJECTS = {
    "en": ["The bus comes late and the stop has no shade", "Clean drinking water every morning please",
           "Plant trees along the canal road"],
    "hi": ["बस देर से आती है और बस अड्डे पर छाया नहीं है", "हर सुबह पीने का साफ पानी चाहिए", "नहर की सड़क पर पेड़ लगाइए"],
    "ar": ["الحافلة تتأخر ومحطة الحافلة بلا ظل", "نريد مياه الشرب النظيفة كل صباح", "ازرعوا الأشجار على طريق القناة"],
}  # fmt: skip


def spoken(language: str, each: int = 8, begin: int = 1) -> list[Voice]:
    """Voices on three subjects, each a little different from the others on it."""
    dice = random.Random(language)
    voices = []
    for subject in SUBJECTS[language]:
        words = subject.split()
        for _number in range(each):
            kept = [word for word in words if dice.random() < 0.8] + [dice.choice(words)]
            voices.append(Voice(begin + len(voices), " ".join(kept), language))
    return voices


def read_as(result: Result) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for coding in result.codings:
        found[coding.voice_id].add(coding.theme_key)
    return found


def _leads(words: str, theme: Theme) -> float:
    """How far in front these words stand among a theme's terms."""
    return sum(1 / (theme.terms.index(word) + 1) for word in words.split() if word in theme.terms)


def _are_kept_apart(voices: list[Voice], result: Result) -> None:
    codes = read_as(result)
    mains = []
    for subject in range(3):
        own = [codes[voice.id] for voice in voices[subject * 8 : subject * 8 + 8]]
        mains.append(set.union(*own))
        assert sum(bool(keys) for keys in own) >= 7
    assert not mains[0] & mains[1]
    assert not mains[0] & mains[2]
    assert not mains[1] & mains[2]


@pytest.fixture(scope="module")
def austin() -> tuple[list[Voice], Result]:
    if not SURVEY.exists():
        assert os.environ.get("CI") != "true", f"{SURVEY} is missing"
        pytest.skip(f"the survey is not here: {SURVEY}")
    with SURVEY.open(newline="", encoding="utf-8") as file:
        voices = [Voice(int(row["response_id"]), row["comment"], "en") for row in csv.DictReader(file)]
    return voices, themes.read(voices)


def test_1604_answers_are_read_in_under_ten_seconds_and_every_one_is_accounted_for(
    austin: tuple[list[Voice], Result],
) -> None:
    voices, result = austin
    assert len(voices) == 1604
    assert result.seconds < 10
    assert result.books(voices) == ""
    assert len(result.uncoded) < 0.2 * len(voices)
    assert result.parameters["languages"]["en"]["converged"]


def test_what_the_city_tells_apart_are_different_themes(austin: tuple[list[Voice], Result]) -> None:
    _voices, result = austin
    ours = {name: max(result.themes, key=partial(_leads, words)) for name, words in SEPARATED.items()}
    assert len({theme.key for theme in ours.values()}) == len(SEPARATED), {
        name: theme.label for name, theme in ours.items()
    }
    for name, words in SEPARATED.items():
        assert set(words.split()) <= set(ours[name].terms), (name, ours[name].terms)


def test_single_answers_are_read_as_a_person_would_read_them(austin: tuple[list[Voice], Result]) -> None:
    voices, result = austin
    labels = {theme.key: theme.label for theme in result.themes}
    codes = read_as(result)
    for words, wanted in (
        ("MORE AFFORDABLE HOUSING AND MIXED INCOME NEIGHBORHOODS.", "housing"),
        ("Make improvements to public transportation in North Austin.", "transportation"),
        ("MORE LIGHT RAIL, MORE LIGHT RAIL, MORE LIGHT RAIL", "rail"),
        ("Clean up the homeless population downtown! I don't feel safe going to work!", "homeless"),
        ("lower property taxes.", "taxes"),
        ("fix the traffic!", "traffic"),
    ):
        said = [voice.id for voice in voices if voice.text.strip().lower() == words.lower()]
        assert said, words
        for id_ in said:
            assert any(wanted in labels[key] for key in codes[id_]), (
                words,
                [labels[key] for key in codes[id_]],
            )


def test_exemplars_are_voices_coded_as_the_theme_and_hold_its_words(
    austin: tuple[list[Voice], Result],
) -> None:
    voices, result = austin
    texts = {voice.id: voice.text.lower() for voice in voices}
    codes = read_as(result)
    for theme in result.themes:
        assert len(theme.exemplars) == len(set(theme.exemplars)) == 5
        for id_ in theme.exemplars:
            assert theme.key in codes[id_]
            assert any(term[:5] in texts[id_] for term in theme.terms), (theme.label, texts[id_])


@pytest.mark.parametrize("language", SUBJECTS)
def test_three_subjects_are_kept_apart_in_every_language(language: str) -> None:
    voices = spoken(language)
    _are_kept_apart(voices, themes.read(voices))


def test_languages_are_read_each_for_itself_and_one_run_holds_them_all() -> None:
    voices = spoken("en") + spoken("hi", begin=101) + spoken("ar", begin=201)
    result = themes.read(voices)
    assert result.books(voices) == ""
    assert {theme.language for theme in result.themes} == {"en", "hi", "ar"}
    alone = themes.read(spoken("hi", begin=101))
    assert [theme for theme in result.themes if theme.language == "hi"] == list(alone.themes)


def test_themes_do_not_hang_on_the_keys_of_the_voices() -> None:
    voices = spoken("en")
    renamed = [replace(voice, id=(voice.id * 37) % 1009) for voice in voices]
    found, again = themes.read(voices), themes.read(renamed)
    assert [(theme.key, theme.size, theme.terms) for theme in again.themes] == [
        (theme.key, theme.size, theme.terms) for theme in found.themes
    ]
    assert {(coding.voice_id * 37 % 1009, coding.theme_key, coding.weight) for coding in found.codings} == {
        (coding.voice_id, coding.theme_key, coding.weight) for coding in again.codings
    }


def test_a_campaign_is_one_text_with_many_senders() -> None:
    letter = (
        "We ask the council to stop the new incinerator at Mill Lane because the smoke harms our children and "
        "because the valley already carries more than its share of the region's burnt waste"
    )
    voices = spoken("en")
    sent = [
        Voice(1000 + number, f"Dear all, {letter}. Yours, {chr(97 + number % 26) * 5}{number}", "en")
        for number in range(200)
    ]
    result = themes.read(voices + sent)
    assert result.books(voices + sent) == ""
    assert result.parameters["languages"]["en"]["texts"] <= len(voices) + 1
    codes = read_as(result)
    assert len({frozenset(codes[voice.id]) for voice in sent}) == 1
    _are_kept_apart(voices, result)


def test_near_copies_are_found_and_short_wishes_are_not_a_campaign() -> None:
    letter = tuple(f"word{number}" for number in range(40))
    edited = (*letter[:20], "another", *letter[20:])
    half = (*letter[:20], *(f"else{number}" for number in range(20)))
    assert originals([letter, edited, half, ("fix", "roads"), ("fix", "roads"), ("fix", "road")]) == [
        0,
        0,
        2,
        3,
        3,
        5,
    ]


def test_what_holds_no_subject_is_left_uncoded_and_said_so() -> None:
    voices = [*spoken("en"), Voice(900, "", "en"), Voice(901, "No.", "en"), Voice(902, "42 !!", "en"),
              Voice(903, "Zygomorphic quincunx", "en"), Voice(904, "une école", "fr")]  # fmt: skip
    result = themes.read(voices)
    assert {id_: result.reasons[id_] for id_ in range(900, 905)} == {
        900: "empty",
        901: "no_subject",
        902: "no_subject",
        903: "unlike_others",
        904: "too_few",
    }


def test_fewer_different_texts_than_themes_need_are_left_to_people() -> None:
    same = [Voice(number, "The bus is late", "en") for number in range(50)]
    assert set(themes.read(same).reasons.values()) == {"too_few"}
    different = [Voice(number, f"word{number}a word{number}b", "en") for number in range(FEWEST)]
    assert set(themes.read(different).reasons.values()) == {"unlike_others"}


def test_how_many_themes_are_sought_follows_the_number_of_texts() -> None:
    assert [how_many(texts) for texts in (8, 100, 1600, 3600, 10**6)] == [3, 5, 20, 30, 30]
    assert all(how_many(n) <= how_many(n + 1) for n in range(8, 5000))


WORDS = st.sampled_from(
    ["bus", "late", "tram", "water", "clean", "road", "tree", "shade", "light", "a", "the", "!"]
)
TEXTS = st.lists(WORDS, max_size=9).map(" ".join)
TONGUES = st.sampled_from(["en", "en", "en", "hi", "fr-CA", ""])
VOICES = st.lists(st.tuples(TEXTS, TONGUES), max_size=60)


@settings(max_examples=60, deadline=None)
@given(VOICES, st.randoms())
def test_the_books_balance_and_the_order_of_coming_changes_nothing(
    said: list[tuple[str, str]], dice: random.Random
) -> None:
    voices = [Voice(number, text, language) for number, (text, language) in enumerate(said)]
    result = themes.read(voices)
    assert result.books(voices) == ""
    shuffled = list(voices)
    dice.shuffle(shuffled)
    assert replace(themes.read(shuffled), seconds=0) == replace(result, seconds=0)
