"""The words of Nadipur are written one by one: nothing is filled into a template, in two languages, with quarrels."""

import re
from importlib import import_module

import pytest

from accounts.roles import Role
from analysis.engines._copies import originals
from ideas.models import LONGEST_TITLE
from ideas.services import plain_tags
from moderation.screens.repeats import ALIKE, alike, runs
from portal.demo import reading
from portal.demo.people import CITIZENS, OFFICIALS, address
from portal.demo.plan import PLANS
from portal.demo.reading import ANYBODY, OFFICIAL, Said, Thought, Voices

TOO_NEAR = 0.45
"""Cosine of two texts by TF-IDF over words and pairs of words; the nearest two of ours stand at 0.28."""
WORD = re.compile(r"[\w\u0900-\u097f]+")


def words_of(said: Said | Thought) -> str:
    return f"{said.title} {said.text}" if isinstance(said, Thought) else said.text


def written() -> list[str]:
    """Everything but the one deliberate campaign."""
    return [words_of(said) for voices in everywhere() for said in voices.all() if said not in voices.campaign]


def everywhere() -> list[Voices]:
    return [reading.voices(key) for key in reading.consultations()]


def near_copies(texts: list[str]) -> list[tuple[str, str]]:
    """Pairs that say nearly the same in nearly the same words."""
    learning = import_module("sklearn.feature_extraction.text")  # a second that only this test waits for
    vectors = learning.TfidfVectorizer(token_pattern=WORD.pattern, ngram_range=(1, 2), sublinear_tf=True)
    found = vectors.fit_transform(texts)
    like = (found @ found.T).tocoo()
    pairs = zip(like.row, like.col, like.data, strict=True)
    return [(texts[one], texts[other]) for one, other, near in pairs if one < other and near >= TOO_NEAR]


def test_no_two_voices_are_nearly_the_same() -> None:
    texts = written()
    assert len(texts) >= 400
    assert near_copies(texts) == []


@pytest.mark.parametrize(
    ("ours", "with_a_noun_changed"),
    [
        (
            "Tea is sold where people wait, and people wait at the station.",
            "Tea is sold where people wait, and people wait at the hospital.",
        ),
        (
            "मेरी दरी दो हाथ की है। उससे किसका रास्ता रुकता है? रास्ता तो वह रोकता है जो कार खड़ी करके पान खाने जाता है।",
            "मेरी टोकरी दो हाथ की है। उससे किसका रास्ता रुकता है? रास्ता तो वह रोकता है जो मोटर खड़ी करके पान खाने जाता है।",
        ),
    ],
)
def test_a_text_with_a_noun_changed_is_found_out(ours: str, with_a_noun_changed: str) -> None:
    texts = written()
    assert ours in texts
    assert near_copies([*texts, with_a_noun_changed]) == [(ours, with_a_noun_changed)]


def test_the_one_campaign_is_seen_as_one_by_the_moderators_check_and_by_the_analysis() -> None:
    campaigns = [voices.campaign for voices in everywhere() if voices.campaign]
    assert [len(letters) for letters in campaigns] == [14]
    texts = [letter.text for letter in campaigns[0]]
    assert len(set(texts)) == 14
    assert all(alike(runs(texts[0]), runs(text)) >= ALIKE for text in texts)
    terms = [tuple(word.casefold() for word in WORD.findall(text)) for text in texts]
    assert set(originals(terms)) == {0}


def test_at_least_three_in_ten_are_hindi_and_nobody_writes_in_a_language_not_theirs() -> None:
    said = [one for voices in everywhere() for one in voices.all()]
    hindi = [one for one in said if one.language == "hi"]
    assert len(hindi) / len(said) >= 0.295 and len(hindi) >= 180
    spoken = {(one.who, one.language) for one in said if one.who not in (OFFICIAL, ANYBODY)}
    assert len(dict(spoken)) == len(spoken) >= 100
    assert all(CITIZENS[who] == language for who, language in spoken)
    for idea in (idea for voices in everywhere() for idea in voices.ideas):
        assert reading.language_of(idea.title) == reading.language_of(idea.text), idea.title


def test_every_tag_and_title_can_be_one() -> None:
    for idea in (idea for voices in everywhere() for idea in voices.ideas):
        assert len(plain_tags(idea.tags)) == len(idea.tags) and len(idea.title) <= LONGEST_TITLE


def test_they_are_short_and_long() -> None:
    lengths = sorted(len(WORD.findall(text)) for text in written())
    assert lengths[0] <= 6 and lengths[-1] >= 80
    assert any("\n\n" in said.text for voices in everywhere() for said in voices.answers)


def test_there_is_talk_about_ideas_and_it_goes_to_and_fro() -> None:
    ideas = [idea for voices in everywhere() for idea in voices.ideas]
    assert len(ideas) >= 60
    talk = [remark for idea in ideas for remark in reading.flat(idea.talk)]
    assert len(talk) >= 200
    assert sum(1 for remark in talk if remark.below) >= 50
    deep = [r for idea in ideas for one in idea.talk for two in one.below for r in two.below]
    assert len(deep) >= 10


def test_a_line_that_nobody_says_is_refused() -> None:
    for text in ("# Ideas\n\n## A ramp\nusha supports 23\n", "# Answers\n\nleela said nothing\n"):
        with pytest.raises(ValueError, match=r"here:\d"):
            reading.parse(text, where="here")
    kept = reading.parse("# Answers\n\n- leela [a, b] 4: One.\n\n  Two.\n").answers[0]
    assert (kept.chosen, kept.points, kept.text) == (("a", "b"), 4, "One.\n\nTwo.")


def test_every_choice_exists_and_every_page_has_both_languages() -> None:
    assert len(PLANS) == len(reading.consultations()) >= 12
    for plan in PLANS:
        page = reading.page(plan.key)
        options = {option for asked in plan.asks for option in asked.options}
        for said in [*reading.voices(plan.key).answers, *reading.voices(plan.key).campaign]:
            assert set(said.chosen) <= options, (plan.key, said.who)
        answered = [said.who for said in reading.voices(plan.key).answers]
        assert len(answered) == len(set(answered)), plan.key
        for language in ("en", "hi"):
            asked = page[language]["questions"]
            assert set(asked) == {question.key for question in plan.asks}
            for question in plan.asks:
                assert set(asked[question.key].get("options", ())) == set(question.options)


def test_four_agencies_have_their_people_and_no_address_is_shared() -> None:
    needed = {Role.EDITOR, Role.APPROVER, Role.MODERATOR, Role.ANALYST, Role.PRESS_OFFICER}
    for agency in {plan.agency for plan in PLANS}:
        assert needed <= {official.role for official in OFFICIALS if official.agency == agency}
    assert len({plan.agency for plan in PLANS}) == 4
    everybody = [*CITIZENS, *(official.key for official in OFFICIALS)]
    assert len({address(key) for key in everybody}) == len(everybody)
