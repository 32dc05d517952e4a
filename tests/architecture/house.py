"""The house as data: which room is on which floor, and where its files are."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent.parent
FLOORS = [
    {"foundation", "design"},
    {"accounts", "records"},
    {"consultations"},
    {"ideas", "moderation", "analysis", "outreach"},
    {"cms", "search", "api", "notifications"},
    {"portal"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
ROOMS = sorted(FLOOR)
NAMED_TEMPLATE = re.compile(r"""{%-?\s*(?:extends|include)\s+["']([^"']+)["']""")
NAMED_URL = re.compile(r"""{%-?\s*url\s+["']([a-z_]+)[:_]""")
DROP = ("migrations", "locale", "__pycache__")


def climbs(from_room: str, to_room: str) -> bool:
    """Does this lead to another room that is not on a lower floor? `design` and `foundation` are one ground."""
    if from_room == to_room or {from_room, to_room} <= FLOORS[0]:
        return False
    return FLOOR[to_room] >= FLOOR[from_room]


def templates(room: str) -> Iterator[Path]:
    yield from (
        sorted((HOUSE / room / "templates").rglob("*.*")) if (HOUSE / room / "templates").exists() else ()
    )


def sources(room: str) -> Iterator[Path]:
    for path in sorted((HOUSE / room).rglob("*.py")):
        if not any(part in DROP for part in path.parts):
            yield path


def owner_of_template(name: str) -> str | None:
    """The room in which a template lies; None when it is a library's."""
    owners = [room for room in ROOMS if (HOUSE / room / "templates" / name).exists()]
    assert len(owners) < 2, f"{name} lies in {owners}"
    return owners[0] if owners else None


def hidden_imports(path: Path) -> list[int]:
    """Lines of imports inside functions."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found += [n.lineno for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
    return found


def rooms_imported(path: Path) -> set[str]:
    """The rooms that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.partition(".")[0] for name in names} & set(ROOMS)
