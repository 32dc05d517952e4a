"""docs/accessibility.md speaks of every criterion, and names only tests and rules that are there."""

import re
from functools import cache
from pathlib import Path

import axe_playwright_python

from tests.architecture import house
from tests.servers.browser import RULES

PAGE = house.HOUSE / "docs" / "accessibility.md"
CRITERIA = """
1.1.1 A, 1.2.1 A, 1.2.2 A, 1.2.3 A, 1.2.4 AA, 1.2.5 AA, 1.3.1 A, 1.3.2 A, 1.3.3 A, 1.3.4 AA, 1.3.5 AA, 1.4.1 A,
1.4.2 A, 1.4.3 AA, 1.4.4 AA, 1.4.5 AA, 1.4.10 AA, 1.4.11 AA, 1.4.12 AA, 1.4.13 AA, 2.1.1 A, 2.1.2 A, 2.1.4 A,
2.2.1 A, 2.2.2 A, 2.3.1 A, 2.4.1 A, 2.4.2 A, 2.4.3 A, 2.4.4 A, 2.4.5 AA, 2.4.6 AA, 2.4.7 AA, 2.4.11 AA, 2.5.1 A,
2.5.2 A, 2.5.3 A, 2.5.4 A, 2.5.7 AA, 2.5.8 AA, 3.1.1 A, 3.1.2 AA, 3.2.1 A, 3.2.2 A, 3.2.3 AA, 3.2.4 AA, 3.2.6 A,
3.3.1 A, 3.3.2 A, 3.3.3 AA, 3.3.4 AA, 3.3.7 A, 3.3.8 AA, 4.1.2 A, 4.1.3 AA
"""
"""Levels A and AA of https://www.w3.org/TR/WCAG22/ in its order."""
ROW = re.compile(r"^\| (\d\.\d\.\d+) ([A-Z][^|]+) \| (A|AA) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[a-z_/]+\.py)::(\w+)`")
AXE = re.compile(r"axe ((?:`[a-z-]+`(?:, )?)+)")


@cache
def rules_that_run() -> set[str]:
    """The rules of axe with one of our tags that are no trial."""
    program = next(Path(axe_playwright_python.__file__).parent.rglob("axe*.js")).read_text(encoding="utf-8")
    found = re.findall(r'id:"([a-z-]+)",(?:(?!id:").){0,400}?tags:\[([^\]]*)\]', program)
    return {
        rule
        for rule, listed in found
        if "experimental" not in listed and any(f'"{tag}"' in listed for tag in RULES)
    }


def wrong(text: str) -> list[str]:
    """What a page of this text gets wrong."""
    rows = ROW.findall(text)
    found = []
    if [f"{number} {level}" for number, _name, level, _how, _tested in rows] != CRITERIA.replace(
        "\n", " "
    ).strip().split(", "):
        found.append("not the 55 criteria in their order")
    for number, _name, _level, _how, tested in rows:
        named = TEST.findall(tested)
        rules = [rule for listed in AXE.findall(tested) for rule in re.findall(r"[a-z-]{3,}", listed)]
        if not (named or rules or "nothing" in tested or "looked at" in tested):
            found.append(f"{number}: neither a test nor a word that there is none")
        for file, name in named:
            path = house.HOUSE / file
            if not path.exists() or not re.search(rf"^def {name}\(", path.read_text(), re.MULTILINE):
                found.append(f"{number}: {file}::{name} is not there")
        found += [f"{number}: axe does not run {rule}" for rule in rules if rule not in rules_that_run()]
        if "looked at" in tested and not re.search(r"looked at: .+, 20\d\d-\d\d-\d\d", tested):
            found.append(f"{number}: looked at what, and when?")
    return found


def test_the_statement_has_every_criterion_and_names_tests_that_are_there():
    assert len(CRITERIA.split(",")) == 55
    assert wrong(PAGE.read_text(encoding="utf-8")) == []


def test_what_is_wrong_with_a_statement_is_found():
    page = PAGE.read_text(encoding="utf-8")
    for old, new, words in (
        ("| 2.4.7 Focus Visible | AA |", "| 2.4.7 Focus Visible | A |", "in their order"),
        ("| 4.1.3 Status Messages", "| 4.1.1 Parsing", "in their order"),
        ("::assert_bears_text_spacing`", "::assert_bears_everything`", "is not there"),
        ("axe `bypass`", "axe `label-content-name-mismatch`", "does not run"),
        ("en and hi, 1280 and 640 px, 2026-11-21", "a while ago", "and when?"),
        ("| axe `no-autoplay-audio` |", "| of course |", "neither a test"),
    ):
        assert old in page
        assert any(words in each for each in wrong(page.replace(old, new))), new
