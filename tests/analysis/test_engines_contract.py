"""What every engine promises, run over each that is there: a newcomer is tested the day it arrives."""

import ast
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import analysis.engines as package
from analysis.engines import Coding, Engine, Result, Theme, Voice, engines

SPOKEN = [
    Voice(number, text, "en", {"options": ["a1"]} if number % 2 else {"points": number % 5 + 1})
    for number, text in enumerate(
        [f"The {what} near the {where} comes late every day" for what in ("bus", "tram", "train", "ferry")
         for where in ("school", "market", "river", "hospital")], start=1,
    )
]  # fmt: skip


@pytest.fixture(params=sorted(engines))
def engine(request: pytest.FixtureRequest) -> Engine:
    return engines[request.param]


def test_both_engines_are_found_because_their_files_are_there() -> None:
    assert {"counting", "themes"} <= set(engines)


def test_an_engine_says_what_it_is_and_balances_its_books(engine: Engine) -> None:
    result = engine.read(SPOKEN)
    assert (result.engine, bool(result.version)) == (engine.key, True)
    assert result.books(SPOKEN) == ""
    assert result.seconds >= 0
    assert set(result.reasons) == set(result.uncoded)
    assert all(0 < coding.weight <= 1 for coding in result.codings)
    ids = {voice.id for voice in SPOKEN}
    assert all(theme.exemplars and set(theme.exemplars) <= ids for theme in result.themes)
    json.dumps(dict(result.parameters))


def test_the_same_voices_in_another_order_give_the_same(engine: Engine) -> None:
    one, other = engine.read(SPOKEN), engine.read(SPOKEN[::-1])
    assert replace(one, seconds=0) == replace(other, seconds=0)


def test_nobody_and_the_silent_are_read_without_an_error(engine: Engine) -> None:
    assert engine.read([]).themes == ()
    silent = [Voice(1, "", "en"), Voice(2, " \n\x00", "hi"), Voice(3, "…!?", "")]
    assert engine.read(silent).uncoded == (1, 2, 3)


def test_engines_know_no_model_no_page_and_no_network() -> None:
    allowed = {"analysis", "foundation", "numpy", "sklearn", "threadpoolctl", *sys.stdlib_module_names}
    for file in Path(package.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in allowed, f"{file.name} imports {name}"
                assert not name.startswith("analysis") or name.startswith("analysis.engines"), file.name


def test_the_books_say_what_is_wrong_with_them() -> None:
    voices = [Voice(1, "a"), Voice(2, "b")]
    good = Result("x", "1", {}, (Theme("t", "en", "t", 1),), (Coding(1, "t", 1.0),), (2,))
    assert good.books(voices) == ""
    for wrong, word in (
        (replace(good, uncoded=()), "neither"),
        (replace(good, uncoded=(2, 3)), "not one that was given"),
        (replace(good, uncoded=(1, 2)), "coded and uncoded"),
        (replace(good, uncoded=(2, 2)), "uncoded twice"),
        (replace(good, codings=(Coding(1, "t", 1.0),) * 2), "twice"),
        (replace(good, codings=(Coding(1, "u", 1.0),)), "no theme"),
        (replace(good, themes=(Theme("t", "en", "t", 2),)), "size"),
        (replace(good, themes=good.themes * 2), "same key"),
    ):
        assert word in wrong.books(voices)
