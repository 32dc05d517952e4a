"""Documents lead where they say: to files, headings, decisions, tables and commands that are there."""

import re
from pathlib import Path

from django.apps import apps

from accounts.download import given
from accounts.verification.base import methods
from analysis.engines import engines
from consultations.instruments import instruments
from consultations.services import withdraw
from moderation import reasons
from tests.accounts.test_own_data import columns_that_lead_to_somebody
from tests.architecture import house

LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```|^ {4}.*?$|`[^`\n]*`", re.DOTALL | re.MULTILINE)
NAMED_IN = re.compile(r"`([\w.]+)`\s+(?:\(|in )`((?:[a-z_0-9]+/)+[a-z_0-9]+\.py)`")
"""A name and the file in which it is said to be."""
FOLDER = re.compile(r"`((?:[a-z_0-9]+/)+)`")
MADE = {"shots/", "var/"}


def documents() -> list[Path]:
    return [*sorted(house.HOUSE.glob("*.md")), *sorted((house.HOUSE / "docs").rglob("*.md"))]


def anchors(text: str) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    found = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in found]
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-") for heading in plain}


def astray(document: Path, text: str) -> list[str]:
    """Links of a document to nowhere."""
    wrong = []
    for one, other in LINK.findall(CODE.sub("", text)):
        where, _hash, anchor = (one or other).partition("#")
        if re.match(r"[a-z]+:", where):
            continue
        goal = (document.parent / where).resolve() if where else document
        if not goal.exists():
            wrong.append(one or other)
        elif anchor and goal.suffix == ".md":
            words = text if goal == document else goal.read_text(encoding="utf-8")
            if anchor not in anchors(words):
                wrong.append(one or other)
    return wrong


def test_every_link_of_a_document_leads_to_a_file_and_a_heading():
    found = {str(path): astray(path, path.read_text(encoding="utf-8")) for path in documents()}
    assert len(found) > 30
    assert {path: links for path, links in found.items() if links} == {}


def test_a_link_that_leads_nowhere_is_found():
    here = house.HOUSE / "README.md"
    text = "# One\n[a](docs/nothing.md) [b](#two) [c](#one) [d](docs/tour.md#9-never) `[e](x)` [f](https://x.y/)\n"
    assert astray(here, text) == ["docs/nothing.md", "#two", "docs/tour.md#9-never"]


def not_there(text: str) -> list[str]:
    """Names that are not in the file in which a document says they are, and folders that are none."""
    found = []
    for name, file in NAMED_IN.findall(text):
        path = house.HOUSE / file
        if path.exists() and not re.search(
            rf"\b{name.rpartition('.')[2]}\b", path.read_text(encoding="utf-8")
        ):
            found.append(f"{name} in {file}")
    return found + [
        name for name in FOLDER.findall(text) if name not in MADE and not (house.HOUSE / name).is_dir()
    ]


def test_what_a_document_names_is_where_it_says():
    found = {path.name: not_there(path.read_text(encoding="utf-8")) for path in documents()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert not_there(
        "`nobody` (`consultations/services/say.py`), `keep` in `foundation/http.py`, `tests/no/`"
    ) == [
        "nobody in consultations/services/say.py",
        "keep in foundation/http.py",
        "tests/no/",
    ]


def wrong_about_tables(text: str) -> tuple[set[str], set[str]]:
    """Tables that lead to a person and are not named, and names that are no table."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    leads = {column.rpartition(".")[0] for column in columns_that_lead_to_somebody()} | set(given)
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", text))
    rooms = {table.partition("_")[0] for table in tables}
    meant = {name for name in named if name.partition("_")[0] in rooms}
    return {apps.get_model(label)._meta.db_table for label in leads} - named, meant - tables


def test_privacy_names_every_table_that_leads_to_a_person_and_no_other():
    text = (house.HOUSE / "docs" / "privacy.md").read_text(encoding="utf-8")
    assert wrong_about_tables(text) == (set(), set())
    assert wrong_about_tables(text.replace("`ideas_follow`", "`ideas_following`")) == (
        {"ideas_follow"},
        {"ideas_following"},
    )


def test_the_picture_in_the_readme_shows_the_floors_as_they_are():
    text = (house.HOUSE / "README.md").read_text(encoding="utf-8")
    drawn = [re.findall(r"│ ([a-z]+) ", line) for line in text.splitlines() if "│" in line]
    assert [set(floor) for floor in drawn] == house.FLOORS[::-1]


def test_the_tour_names_every_room():
    text = (house.HOUSE / "docs" / "tour.md").read_text(encoding="utf-8")
    assert [room for room in house.ROOMS if f"| `{room}/` |" not in text] == []


def test_every_decision_is_in_the_list_of_decisions_and_has_three_parts():
    folder = house.HOUSE / "docs" / "adr"
    listed = re.findall(r"^\| \[(\d{4})\]\((\S+)\)", (folder / "README.md").read_text(encoding="utf-8"), re.M)
    pages = sorted(folder.glob("[0-9]*.md"))
    assert listed == [(page.name[:4], page.name) for page in pages]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.name[:4]} ")
        assert re.findall(r"^## (\w+)", text, re.M) == ["Context", "Choice", "Price"], page.name


def test_every_command_of_the_makefile_is_explained_and_no_other():
    made = set(re.findall(r"^([a-z-]+):.*##", (house.HOUSE / "Makefile").read_text(encoding="utf-8"), re.M))
    contributing = (house.HOUSE / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert made - {"help"} <= set(re.findall(r"`make ([a-z-]+)", contributing))
    told = {
        (path.name, each)
        for path in documents()
        for each in re.findall(r"(?:`|^    )make ([a-z-]+)", path.read_text(encoding="utf-8"), re.M)
    }
    assert {(name, each) for name, each in told if each not in made} == set()


def test_the_glossary_has_every_reason_and_every_key_that_people_meet():
    text = (house.HOUSE / "docs" / "glossary.md").read_text(encoding="utf-8")
    codes = [*reasons.REASONS, *reasons.HOLDS, *reasons.REVERSALS, *reasons.STANDS, *withdraw.REASONS]
    codes += [*instruments, *engines, *methods]
    assert [code for code in codes if f"`{code}`" not in text] == []
