"""`make reference`: writes the tables of docs/reference anew from the code that they tell of.

Announcements come from each room's `signals.py`, from the calls that say them and from who listens; channels and
instruments from their registries. What stands around a table is written by hand and stays.
"""

from __future__ import annotations

import ast
import inspect
import os
import re
import weakref
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.utils import translation

from scripts.venv import ROOT

FOLDER = ROOT / "docs" / "reference"
TABLE = re.compile(r"(<!-- table: ([a-z ]+) -->\n)(?:.*?\n)??(<!-- end -->)", re.DOTALL)
SAYS = re.compile(r"\bannounce\(|\.send(?:_robust)?\(")
CAN = {
    "links": "carry links",
    "titled": "carry a title of its own",
    "threads": "post a thread of several parts",
    "can_find": "look whether a post stands there already",
    "can_delete": "take a post back",
    "can_listen": "hear public replies",
    "same_again": "take the same post twice as one",
    "one_by_one": "write to each reader alone",
}
"""What a channel's `Caps` say that it can, in words; what it needs stands in a column of its own."""
NEEDS = {"needs_address": "the address of the server", "needs_token": "a token"}
OF_LIBRARIES = (
    "django.contrib.auth.signals",
    "django.core.signals",
    "django.db.models.signals",
    "wagtail.signals",
)


def main() -> None:
    """Writes every table and says which pages changed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    django.setup()
    for page in pages():
        old, new = page.read_text(encoding="utf-8"), filled(page)
        page.write_text(new, encoding="utf-8")
        print(f"{page.relative_to(ROOT)}: {'written anew' if new != old else 'true as it stands'}")


def pages() -> list[Path]:
    """The pages of reference that have a table made here."""
    return [page for page in sorted(FOLDER.glob("*.md")) if TABLE.search(page.read_text(encoding="utf-8"))]


def filled(page: Path) -> str:
    """The page with its tables as the code is now; KeyError for a table that nobody makes."""
    text = page.read_text(encoding="utf-8")
    return TABLE.sub(lambda found: found[1] + "\n".join([*MADE[found[2]](), ""]) + found[3], text)


def announcements() -> list[str]:
    """Every announcement: what happened, its facts, who says it, who hears it."""
    says = said()
    rows = ["| announcement | what happened | facts | said by | heard by |", "|---|---|---|---|---|"]
    for room, signals in rooms_with_signals():
        for name, words in told(room).items():
            what, _colon, facts = words.partition(": `")
            who = ", ".join(f"`{path}`" for path in sorted(says[f"{room}.{name}"])) or "nobody"
            hears = ", ".join(f"`{each}`" for each in heard(getattr(signals, name))) or "nobody"
            rows.append(f"| `{room}.{name}` | {what} | `{facts.rstrip('.')} | {who} | {hears} |")
    return rows


def from_libraries() -> list[str]:
    """What Django and Wagtail announce and a room hears."""
    rows = ["| signal | heard by |", "|---|---|"]
    for module in map(import_module, OF_LIBRARIES):
        for name, signal in sorted(vars(module).items()):
            if hasattr(signal, "receivers") and (hears := heard(signal)):
                rows.append(f"| `{module.__name__}.{name}` | {', '.join(f'`{each}`' for each in hears)} |")
    return rows


def told(room: str) -> dict[str, str]:
    """What a room's `signals.py` says of each announcement, by its name, in one line."""
    found, name = {}, ""
    for node in ast.parse((ROOT / room / "signals.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
        elif name and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found[name] = " ".join(str(node.value.value).split())
    return found


def promised(words: str) -> set[str]:
    """The names of the facts that an announcement's words promise: all in code up to the end of that sentence."""
    sentence = re.split(r"(?<=[`)])\.(?:\s|$)", f"`{words.partition(': `')[2]}")[0]
    return {
        fact.partition(":")[0].strip()
        for piece in re.findall(r"`([^`]+)`", sentence)
        for fact in piece.split(",")
    }


@cache
def said() -> dict[str, dict[str, set[str]]]:
    """Who says each announcement, by `room.name`: files of the house, each with the facts that it gives."""
    known = {name: room for room, _signals in rooms_with_signals() for name in told(room)}
    found: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for path in (path for room in sorted(_rooms()) for path in sorted((ROOT / room).rglob("*.py"))):
        text = path.read_text(encoding="utf-8")
        for call, function in _calls(ast.parse(text)) if SAYS.search(text) else ():
            facts = {each.arg for each in call.keywords if each.arg} - {"sender"}
            for name in _which(call, function) & set(known):
                where = str(path.relative_to(ROOT))
                found[f"{known[name]}.{name}"].setdefault(where, set()).update(facts)
    return found


def heard(signal: Any) -> list[str]:
    """Who of the house hears a signal: the name under which each one listens."""
    rooms = _rooms()
    hears = []
    for (uid, _sender), receiver, *_rest in signal.receivers:
        function = receiver() if isinstance(receiver, weakref.ref) else receiver
        if function is not None and function.__module__.partition(".")[0] in rooms:
            hears.append(uid if isinstance(uid, str) else f"{function.__module__}.{function.__name__}")
    return sorted(set(hears))


def channels() -> list[str]:
    """Every channel: its limit, what it can and cannot do, what it needs, how we know."""
    rows = [
        "| channel | what it is | limit | can | cannot | needs | tried |",
        "|---|---|---|---|---|---|---|",
    ]
    with translation.override("en"):
        for key, channel in import_module("outreach.channels").channels().items():
            caps = channel.caps
            flags = {name for name, value in vars(caps).items() if isinstance(value, bool)}
            if surplus := flags - set(CAN) - set(NEEDS):
                raise KeyError(f"Say in scripts/reference.py what this means: {', '.join(sorted(surplus))}")
            can = [words for name, words in CAN.items() if getattr(caps, name)]
            cannot = [words for name, words in CAN.items() if not getattr(caps, name)]
            pictures = f"carry pictures ({', '.join(caps.media)})" if caps.media else "carry pictures"
            (can if caps.media else cannot).append(pictures)
            needs = [words for name, words in NEEDS.items() if getattr(caps, name)]
            limit = f"{caps.limit}: {caps.counts}" if caps.limit else str(caps.counts)
            known = f"{caps.verified.how}: {caps.verified.by}, {caps.verified.on:%Y-%m-%d}"
            what = f"{channel.label}. {_line(type(channel))}"
            rows.append(
                f"| `{key}` | {what} | {limit} | {_list(can)} | {_list(cannot)} | {_list(needs)} | {known} |"
            )
    return rows


def instruments() -> list[str]:
    """Every instrument: the stored form of an answer, how it is counted, its settings, who sees it at first."""
    registry = import_module("consultations.instruments").instruments
    rows = [
        "| instrument | answer, as it is stored | how it is counted | settings of its own | visibility at first "
        "| people can |",
        "|---|---|---|---|---|---|",
    ]
    with translation.override("en"):
        for key, each in registry.items():
            what, _counted, counted = _line(type(each)).partition(" Counted: ")
            if not counted:
                raise KeyError(
                    f"Say in the docstring of {type(each).__name__} after “Counted:” what is counted"
                )
            settings = [f"`{name}` ({_setting(block)})" for name, block in each.fields()]
            offered = "" if each.offered else ", no longer offered"
            rows.append(
                f"| `{key}` {each.label}{offered} | {what.removeprefix('Answer: ')} | {counted} | {_list(settings)} "
                f"| `{each.default_visibility}` | {_list(sorted(each.verbs))} |"
            )
    return rows


def common_settings() -> list[str]:
    """The settings that every instrument has."""
    registry = import_module("consultations.instruments").instruments
    with translation.override("en"):
        each = next(iter(registry.values()))
        own = {name for name, _block in each.fields()}
        given = [(name, block) for name, block in each.block().child_blocks.items() if name not in own]
        return [
            "| setting | what it is |",
            "|---|---|",
            *(f"| `{name}` | {_setting(block)} |" for name, block in given),
        ]


def visibilities() -> list[str]:
    """Who may see answers, from wide to narrow."""
    given = import_module("consultations.instruments.base").VISIBILITIES
    with translation.override("en"):
        return [
            "| code | in the editor |",
            "|---|---|",
            *(f"| `{k}` | {words} |" for k, words in given),
        ]


def _setting(block: Any) -> str:
    given = block._constructor_args[1]
    said = [str(given["label"])]
    if given.get("default") not in (None, [], ""):
        said.append(f"at first {given['default']}")
    for name, words in (
        ("min_value", "at least"),
        ("max_value", "at most"),
        ("min_num", "at least"),
        ("max_length", "characters, at most"),
    ):
        if given.get(name) is not None:
            said.append(f"{words} {given[name]}")
    return "; ".join(said)


def _line(thing: type) -> str:
    return " ".join((inspect.getdoc(thing) or "").split())


def _list(words: list[str]) -> str:
    return ", ".join(words) or "–"


def _rooms() -> set[str]:
    return {path.parent.name for path in ROOT.glob("*/apps.py")}


def rooms_with_signals() -> Iterator[tuple[str, Any]]:
    """The rooms that announce something, each with its module of signals."""
    for room in sorted(_rooms()):
        if (ROOT / room / "signals.py").exists():
            yield room, import_module(f"{room}.signals")


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, ast.AST]]:
    """Calls of `announce(signal, …)` and `signal.send…(…)`, each with the function around it."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and node.keywords:
                    called = node.func
                    ours = isinstance(called, ast.Name) and called.id == "announce" and bool(node.args)
                    if ours or (isinstance(called, ast.Attribute) and called.attr in ("send", "send_robust")):
                        yield node, function


def _which(call: ast.Call, function: ast.AST) -> set[str]:
    """The names of the announcements that a call may say; a name that stands for several is looked up."""
    thing = call.args[0] if isinstance(call.func, ast.Name) else call.func.value  # type: ignore[attr-defined]
    if isinstance(thing, ast.Attribute):
        return {thing.attr}
    if not isinstance(thing, ast.Name):
        return set()
    given = [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and any(isinstance(each, ast.Name) and each.id == thing.id for each in node.targets)
    ]
    inside = {each.attr for value in given for each in ast.walk(value) if isinstance(each, ast.Attribute)}
    return {thing.id} | inside


MADE: dict[str, Callable[[], list[str]]] = {
    "announcements": announcements,
    "from libraries": from_libraries,
    "channels": channels,
    "instruments": instruments,
    "common settings": common_settings,
    "visibilities": visibilities,
}

if __name__ == "__main__":
    main()
