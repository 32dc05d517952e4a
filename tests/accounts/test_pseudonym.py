"""Names under which people speak: friendly, many, and not derived from anybody."""

import inspect
from random import Random

from accounts import pseudonym


def test_a_pseudonym_is_two_words_and_a_number():
    first, second, number = pseudonym.fresh(Random(1)).split(" ")
    assert first in pseudonym.FIRST
    assert second in pseudonym.SECOND
    assert 1000 <= int(number) <= 9999


def test_pseudonyms_hardly_ever_meet():
    source = Random(7)
    drawn = {pseudonym.fresh(source) for _time in range(2_000)}
    assert len(drawn) >= 1_998


def test_nothing_of_a_person_or_a_consultation_goes_in():
    assert list(inspect.signature(pseudonym.fresh).parameters) == ["random"]
    assert pseudonym.fresh(Random(1)) != pseudonym.fresh(Random(2))


def test_the_words_are_short_single_and_different():
    assert len(set(pseudonym.FIRST + pseudonym.SECOND)) == len(pseudonym.FIRST) + len(pseudonym.SECOND)
    assert all(word.isalpha() and len(word) <= 12 for word in pseudonym.FIRST + pseudonym.SECOND)
