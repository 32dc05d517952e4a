"""Sizes, names, unfinished places, migrations and documents, kept by machine."""

import io
import re

import pytest
from django.core.management import call_command

from tests.architecture import house

MOST_LINES = 400
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "misc"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError|pytest\.mark\.skip\b|assert True\b")

UTC_DAY = re.compile(r"\.date\(\)")


def too_long(lines: int) -> bool:
    return lines > MOST_LINES


@pytest.mark.parametrize("room", [*house.ROOMS, "tests", "bench", "scripts"])
def test_files_stop_at_four_hundred_lines(room):
    long = {str(p): n for p in house.sources(room) if too_long(n := len(p.read_text().splitlines()))}
    assert long == {}
    assert too_long(401)


@pytest.mark.parametrize("room", house.ROOMS)
def test_no_file_is_a_drawer_for_everything(room):
    assert [str(path) for path in house.sources(room) if path.stem in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("room", house.ROOMS)
def test_each_room_says_what_it_is_for(room):
    lines = (house.HOUSE / room / "__init__.py").read_text().split('"""')[1].strip().splitlines()
    assert 3 <= len(lines) <= 7, f"{room}/__init__.py: {len(lines)} lines"


@pytest.mark.parametrize("room", [*house.ROOMS, "tests"])
def test_nothing_is_left_unfinished(room):
    here = house.HOUSE / "tests/architecture/test_house_rules.py"
    found = [
        f"{path}:{number}"
        for path in house.sources(room)
        if path != here
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []
    assert UNFINISHED.search("# TODO later")


@pytest.mark.parametrize("room", house.ROOMS)
def test_the_day_of_a_moment_is_asked_of_the_clock(room):
    """`moment.date()` is the day in UTC, which is not the day of the people here: `clock.day(moment)` is."""
    found = [str(path) for path in house.sources(room) if UTC_DAY.search(path.read_text())]
    assert [path for path in found if not path.endswith("foundation/clock.py")] == []
    assert UTC_DAY.search("due < now.date()")


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    out = io.StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert "No changes" in out.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE",
        "docs/tour.md",
        "docs/glossary.md",
        "docs/privacy.md",
        "docs/how-to/channel.md",
    ],
)
def test_the_documents_are_there(name):
    assert (house.HOUSE / name).stat().st_size > 500


def test_documents_name_only_files_that_exist():
    missing = []
    for document in [*house.HOUSE.glob("*.md"), *(house.HOUSE / "docs").rglob("*.md")]:
        for name in re.findall(r"`([a-z_]+/[a-z_./]+\.(?:py|html|md))`", document.read_text()):
            if not (house.HOUSE / name).exists():
                missing.append(f"{document.name}: {name}")
    assert missing == []
