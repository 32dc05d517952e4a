"""Similar ideas are found by their words, the same on both databases, at a bounded cost."""

from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from consultations.services import hold
from foundation import clock
from ideas.models import Idea
from ideas.similar import normal, overlap, similar, words
from tests.factories.consultations import ideas, released_consultation
from tests.ideas.conftest import proposed, shown


def titles(found):
    return [idea.title for idea in found]


def test_the_closest_idea_comes_first_and_strangers_do_not_come(question, asked, asha, ben):
    shown(question, asha, "Street lamps on the hill steps", "Forty lamps between the temple and the market.")
    shown(question, ben, "Lamps in the park", "It is dark there.")
    shown(question, asha, "Repair fair", "Fans and radios.")
    found = similar("New street lamps for the hill steps near the temple", asked)
    assert titles(found)[0] == "Street lamps on the hill steps"
    assert "Repair fair" not in titles(found)


def test_only_what_everybody_can_read_in_the_same_consultation_is_shown(question, asked, asha, ben):
    proposed(question, asha, "Water tanks for schools", "On roofs.")
    held = shown(question, ben, "Water tanks for all schools", "On roofs.")
    hold(held, reason="check_again", by=None, now=clock.now())
    elsewhere = released_consultation(title="Elsewhere", questions=[ideas()]).questions.get()
    shown(elsewhere, ben, "Water tanks in schools", "On roofs.")
    assert similar("Water tanks for schools on roofs", asked) == []


@pytest.mark.parametrize("text", ["", "   ", "the and for", "!!!", "%", "_", "a" * 20_000, "\u202e\u200b"])
def test_texts_without_words_find_nothing_and_break_nothing(question, asked, asha, text):
    shown(question, asha)
    assert similar(text, asked) == []


@pytest.mark.parametrize(
    ("kept", "asked_for"),
    [
        ("नदियों की सफाई हर महीने", "नदियों की सफाई"),
        ("تنظيف الحدائق والمدينة", "تَنظيف الحَدائق"),
        ("L'éclairage des écoles", "eclairage ecoles"),
        ("ＷＩＤＥ ＬＡＭＰＳ", "wide lamps"),
    ],
)
def test_accents_vowel_signs_width_and_case_do_not_matter(question, asked, asha, kept, asked_for):
    shown(question, asha, kept, "…word")
    assert len(similar(asked_for, asked)) == 1


def test_signs_of_sql_patterns_are_only_signs(question, asked, asha):
    shown(question, asha, "Ordinary benches", "Under trees.")
    assert similar("ben_hes ben%", asked) == []
    assert titles(similar("%benches%", asked)) == ["Ordinary benches"]


def test_it_costs_the_same_however_long_the_text_and_however_many_the_ideas(
    question, asked, asha, django_assert_num_queries
):
    for number in range(8):
        shown(question, asha, f"Tank number {number}", f"Roof water night {number} " + "pump " * number)
    with django_assert_num_queries(3):
        assert len(similar("roof water night tank " * 800, asked, limit=5)) == 5


@given(st.text(max_size=300), st.sampled_from(["en", "hi", "ar", "fr"]))
def test_every_text_has_a_plain_form_that_stands_between_spaces(text, language):
    plain = normal(text, language)
    assert plain == "" or (plain.startswith(" ") and plain.endswith(" ") and "\x00" not in plain)
    assert set(plain.split()) == set(words(text, language))


def test_short_words_of_hindi_count_and_words_without_a_subject_do_not(question, asked, asha):
    shown(question, asha, "बस स्टैंड पर छाया", "गर्मी में बहुत धूप है।")
    assert titles(similar("नई बसें", asked, "hi")) == ["बस स्टैंड पर छाया"]
    assert similar("the and for", asked) == [] == similar("पर में है", asked, "hi")


def test_overlap_is_everything_for_oneself_and_nothing_for_a_stranger():
    weights = {"tap": 2.0, "market": 1.0}
    assert overlap(weights, ["market", "tap"]) == 1.0
    assert overlap(weights, ["bench"]) == 0.0 == overlap({}, ["tap"])
    assert overlap(weights, ["tap"]) > overlap(weights, ["market"])


@pytest.mark.django_db
def test_ideas_that_were_there_before_get_the_plain_words_of_now(question, asha):
    idea = shown(question, asha, "नदियों की सफाई", "हर महीने, and the parks too").idea
    Idea.objects.filter(pk=idea.pk).update(normal=" as it was before ")
    migration = import_module("ideas.migrations.0003_plain_words_of_the_house")
    migration.renew(apps, None)
    idea.refresh_from_db()
    assert idea.normal == normal(idea.contribution.text, idea.contribution.language) != " as it was before "
