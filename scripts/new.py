"""`make new-channel NAME=x` and `make new-instrument NAME=x`: one file that stands, to be filled with life.

What is written passes the contract tests of its folder and says in its comments what to decide next.
"""

from __future__ import annotations

import datetime
import keyword
import re
import sys
from pathlib import Path

from scripts.venv import ROOT

FOLDERS = {"channel": "outreach/channels", "instrument": "consultations/instruments"}
NEXT = {
    "channel": "make reference, make test ROOM=outreach; docs/how-to/channel.md says how it learns to find and delete",
    "instrument": "make reference, make test ROOM=consultations; then choose it in a consultation's questions",
}


def main() -> None:
    """`python -m scripts.new channel|instrument NAME`."""
    kind, name = [*sys.argv[1:], "", ""][:2]
    if kind not in FOLDERS:
        sys.exit(f"Say what to make: {' or '.join(FOLDERS)}.")
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,30}", name) or keyword.iskeyword(name):
        sys.exit(f"NAME must be a word of small letters, figures and _, such as make new-{kind} NAME=pigeon.")
    path = ROOT / FOLDERS[kind] / f"{name}.py"
    if path.exists():
        sys.exit(f"{path.relative_to(ROOT)} is there already.")
    path.write_text(filled(kind, name, today=datetime.date.today()))
    print(f"{path.relative_to(ROOT)} stands. Next: {NEXT[kind]}")


def filled(kind: str, name: str, *, today: datetime.date) -> str:
    """The text of a new file."""
    template = (Path(__file__).parent / "templates" / f"{kind}.py.txt").read_text()
    words = name.replace("_", " ")
    values = {
        "@@NAME@@": name,
        "@@CLASS@@": "".join(part.capitalize() for part in name.split("_")),
        "@@LABEL@@": words[0].upper() + words[1:],
        "@@TODAY@@": f"date({today.year}, {today.month}, {today.day})",
    }
    for mark, value in values.items():
        template = template.replace(mark, value)
    return template


if __name__ == "__main__":
    main()
