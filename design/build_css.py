"""Joins the style sheets into the one that pages link: `python -m design.build_css`.

Edit the sources, never the joined file; a test compares the two.
"""

import sys
from pathlib import Path

CSS = Path(__file__).parent / "static" / "design" / "css"
JOINED = CSS / "samvad.css"
ORDER = (
    "tokens",
    "base",
    "layout",
    "components/navigation",
    "components/button",
    "components/form",
    "components/notice",
    "components/card",
    "components/thread",
    "components/discussion",
    "components/data",
    "components/disclosure",
    "components/print",
)


def sources() -> list[Path]:
    """The style sheets in the order in which they are joined."""
    return [CSS / f"{name}.css" for name in ORDER]


def joined() -> str:
    """The text of the joined sheet: the sources one after the other, nothing else."""
    return "".join(path.read_text(encoding="utf-8") for path in sources())


def main() -> int:
    """Writes the joined sheet and says how heavy it is."""
    text = joined()
    JOINED.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{JOINED.name}: {len(ORDER)} files, {len(text.encode())} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
