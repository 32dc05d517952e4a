"""Counts are exact, and whoever was not counted is named with the reason."""

import statistics
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.engines import Voice, engines
from analysis.engines.counting import histogram

counting = engines["counting"]
ANSWERS = st.one_of(
    st.none(),
    st.just({}),
    st.text(max_size=3),
    st.fixed_dictionaries({"points": st.integers(1, 10)}),
    st.fixed_dictionaries({"points": st.sampled_from([True, None, "3", 2.5])}),
    st.fixed_dictionaries({"options": st.lists(st.sampled_from(["a1", "b2", "c3"]), max_size=4)}),
    st.fixed_dictionaries({"options": st.sampled_from(["a1", [1], [""], None])}),
)


def voices(answers: list[object]) -> list[Voice]:
    return [Voice(number, "", "en", answer) for number, answer in enumerate(answers, start=1)]


def test_each_option_is_counted_by_its_id_and_twice_ticked_is_once() -> None:
    result = counting.read(
        voices([{"options": ["a1", "b2"]}, {"options": ["b2"]}, {"options": ["b2", "b2"]}])
    )
    assert [(theme.key, theme.label, theme.size) for theme in result.themes] == [
        ("option:b2", "b2", 3),
        ("option:a1", "a1", 1),
    ]
    assert result.figures == {"answered": 3}


def test_marks_give_mean_median_and_a_histogram_with_its_empty_places() -> None:
    result = counting.read(voices([{"points": points} for points in (1, 1, 2, 5)]))
    assert result.figures == {"answered": 4, "mean": 2.25, "median": 1.5, "lowest": 1, "highest": 5}
    assert histogram(result) == {1: 2, 2: 1, 3: 0, 4: 0, 5: 1}


def test_what_cannot_be_counted_is_said() -> None:
    result = counting.read(voices([None, {"points": "3"}, {"options": []}, {"points": 4}]))
    assert result.reasons == {1: "no_answer", 2: "not_countable", 3: "not_countable"}
    assert result.uncoded == (1, 2, 3)


def test_nothing_given_is_nothing_found() -> None:
    result = counting.read([])
    assert (result.themes, result.codings, result.uncoded, histogram(result)) == ((), (), (), {})


def test_the_same_key_twice_is_an_error_and_never_a_wrong_count() -> None:
    with pytest.raises(ValueError, match="same key"):
        counting.read([Voice(1, ""), Voice(1, "")])


@given(st.lists(ANSWERS, max_size=40), st.randoms())
def test_the_books_balance_and_the_counts_are_those_of_a_plain_count(
    answers: list[object], dice: object
) -> None:
    given_voices = voices(answers)
    result = counting.read(given_voices)
    assert result.books(given_voices) == ""
    plain: Counter[str] = Counter()
    marks = []
    for answer in answers:
        match answer:
            case {"points": int() as points} if not isinstance(points, bool):
                plain[f"points:{points}"] += 1
                marks.append(points)
            case {"options": list() as options} if all(isinstance(o, str) and o for o in options):
                plain.update({f"option:{option}" for option in options})
    assert {theme.key: theme.size for theme in result.themes} == plain
    assert result.figures.get("mean") == (statistics.fmean(marks) if marks else None)
    shuffled = list(given_voices)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    again = counting.read(shuffled)
    assert (again.themes, again.codings, again.uncoded) == (result.themes, result.codings, result.uncoded)
