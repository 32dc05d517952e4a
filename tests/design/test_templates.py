"""Every template of the house: it can be read by the engine and asks nothing that the strict policy refuses."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
ROOMS = [config.path for config in apps.get_app_configs() if Path(config.path).parent == ROOT]
TEMPLATES = sorted(path for room in ROOMS for path in Path(room, "templates").rglob("*.html"))
DESK = {"admin", "wagtailadmin", "desk"}
LETTERS = {"letters", "mail"}
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", re.DOTALL)
REFUSED = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "a foreign file": re.compile(
        r"<(?:script|link|img)\b[^>]*\s(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE
    ),
}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _public() -> list[Path]:
    return [path for path in TEMPLATES if not (DESK | LETTERS) & set(path.parts)]


def refused(text: str) -> list[str]:
    """What the strict policy would not run in this template."""
    bare = COMMENT.sub("", text)
    return [words for words, pattern in REFUSED.items() if pattern.search(bare)]


@pytest.mark.parametrize("path", _public(), ids=_name)
def test_a_public_template_asks_nothing_that_the_policy_refuses(path: Path) -> None:
    assert refused(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "fault",
    [
        '<p class="a" style="color: red">',
        "<style>p {}</style>",
        '<button onclick="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
        '<script src="https://cdn.example/a.js"></script>',
    ],
)
def test_the_search_for_what_is_refused_finds_it(fault: str) -> None:
    assert len(refused(fault)) == 1


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_can_be_read_by_the_engine(path: Path) -> None:
    engines["django"].from_string(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path.parent.name in {"components", "samvad"}], ids=_name
)
def test_a_component_says_what_it_takes(path: Path) -> None:
    head = path.read_text(encoding="utf-8")
    assert head.startswith("{% comment %}")
    assert "Input" in head[: head.index("{% endcomment %}")] or "same inputs" in head


@pytest.mark.usefixtures("living")
def test_every_component_stands_on_the_living_page(client: Client) -> None:
    shown = {template.name for template in client.get("/en/design/").templates}
    components = {f"components/{path.name}" for path in TEMPLATES if path.parent.name == "components"}
    assert components <= shown
