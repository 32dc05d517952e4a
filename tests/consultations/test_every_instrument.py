"""One contract for every instrument: a newcomer in the folder is tested the day it arrives."""

import pytest
from django import forms
from wagtail import blocks

from consultations.fields import InstrumentField, PhaseBlock
from consultations.instruments import Instrument, QuestionSpec, Said, instruments


class Answers(list):
    """What a tally reads, without a database."""

    def values_list(self, *fields, flat=False):
        rows = [tuple(row[field] for field in fields) for row in self]
        return [row[0] for row in rows] if flat else rows


def filled(instrument: Instrument):
    """A block as an editor leaves it, with something in every field that must be filled."""
    block = instrument.block()
    value = {}
    for name, child in block.child_blocks.items():
        if isinstance(child, blocks.ListBlock):
            value[name] = [{"type": "item", "id": f"0000000{n}", "value": f"Option {n}"} for n in range(3)]
        elif isinstance(child, blocks.CharBlock):
            value[name] = f"Words of {name}"
        else:
            value[name] = child.get_default()
    value["visibility"] = instrument.default_visibility
    return block.to_python(value)


def spec(instrument: Instrument) -> QuestionSpec:
    value = filled(instrument)
    return QuestionSpec(
        key="q",
        instrument=instrument.key,
        prompt="Words of prompt",
        settings=instrument.settings_of(value),
        words=instrument.words_of(value),
    )


def raw(field: forms.Field):
    """Something that a citizen could send."""
    if isinstance(field, forms.MultipleChoiceField):
        return [next(iter(field.choices))[0]]
    if isinstance(field, forms.ChoiceField):
        return next(iter(field.choices))[0]
    return "In my own words."


@pytest.mark.parametrize("key", list(instruments))
class TestEvery:
    def test_it_says_what_it_is(self, key):
        instrument = instruments[key]
        assert key == instrument.key
        assert str(instrument.label)
        assert instrument.verbs
        assert instrument.block().child_blocks.keys() >= {"prompt", "hint", "required", "visibility"}

    def test_settings_hold_no_words_and_words_hold_the_prompt(self, key):
        instrument = instruments[key]
        found = spec(instrument)
        assert found.words["prompt"] == "Words of prompt"
        assert "Words of" not in str(found.settings)

    def test_what_is_said_comes_through_and_nothing_stays_nothing(self, key):
        instrument = instruments[key]
        found = spec(instrument)
        field = instrument.form_field(found)
        if field is None:
            assert "answer" not in instrument.verbs
            return
        said = instrument.clean(found, field.clean(raw(field)))
        assert isinstance(said, Said)
        assert said.text or said.answer is not None
        assert instrument.clean(found, "" if not isinstance(field, forms.MultipleChoiceField) else []) is None

    def test_a_foreign_answer_is_refused(self, key):
        instrument = instruments[key]
        found = spec(instrument)
        if not isinstance(instrument.form_field(found), forms.ChoiceField):
            return
        for wrong in ("999", "-1", "1 OR 1", "٣", "1e400"):
            with pytest.raises(forms.ValidationError):
                instrument.clean(found, wrong)

    def test_its_tally_counts_every_answer_once(self, key):
        instrument = instruments[key]
        found = spec(instrument)
        field = instrument.form_field(found)
        said = instrument.clean(found, raw(field)) if field else Said(text="An idea.")
        rows = Answers([{"pk": n, "answer": said.answer, "text": said.text} for n in range(3)])
        tally = instrument.tally(found, rows)
        assert tally.answered == 3
        if tally.lines:
            assert sum(line.count for line in tally.lines) == 3
            assert max(line.percent for line in tally.lines) == 100.0
        assert instrument.tally(found, Answers()).answered == 0

    def test_it_is_exported_as_text(self, key):
        columns = instruments[key].export(spec(instruments[key]), "words", {"options": [], "points": 1})
        assert columns
        assert all(isinstance(value, str) for value in columns.values())

    def test_the_same_settings_change_no_meaning(self, key):
        settings = spec(instruments[key]).settings
        assert instruments[key].meaning_changed(settings, settings) == []
        assert instruments[key].kept_settings(settings, settings) == settings


def test_a_new_instrument_is_no_migration():
    _name, path, arguments, options = InstrumentField(blank=True).deconstruct()
    assert (path, arguments) == ("consultations.fields.InstrumentField", [])
    assert "block_types" not in options
    assert "block_lookup" not in options


def test_the_editor_offers_every_instrument():
    offered = PhaseBlock().child_blocks["questions"].child_blocks
    assert list(offered) == sorted(instruments)
