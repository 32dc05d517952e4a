"""The W3C's own HTML checker over whole pages.

with checker() as complaints:
    complaints({"home": "<!doctype html>…"})     # a line for each error, with the page's name
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from scripts import vnu
from tests.servers.process import Missing

LONGEST = 300
LIVES_FOR_SECONDS = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
"""To compile itself well costs such a program more than it gains."""


@contextmanager
def checker() -> Iterator[Callable[[dict[str, str]], list[str]]]:
    """Gives `complaints`; raises Missing when Java or the jar is not on this machine."""
    java, jar = shutil.which("java"), vnu.jar()
    if java is None or jar is None:
        raise Missing(
            "the HTML checker is not here (package default-jre-headless; `make setup` brings vnu.jar)"
        )
    yield partial(_complaints, [java, *LIVES_FOR_SECONDS, "-Xss4m", "-jar", str(jar)])


def _complaints(program: list[str], pages: dict[str, str]) -> list[str]:
    """What is wrong with these pages, by their names; one run of the checker for all."""
    with tempfile.TemporaryDirectory(prefix="samvad-vnu-") as folder:
        files = {}
        for number, (name, words) in enumerate(pages.items()):
            file = Path(folder) / f"{number}.html"
            file.write_text(words)
            files[file.name] = name
        done = subprocess.run(
            [*program, "--format", "json", "--exit-zero-always", *sorted(map(str, Path(folder).iterdir()))],
            capture_output=True, text=True, check=False, timeout=LONGEST,
        )  # fmt: skip
    told = json.loads(done.stderr)["messages"]
    return [
        f"{files[Path(line['url']).name]}: {line['message']} … {line.get('extract', '')!r}"
        for line in told
        if line["type"] in ("error", "non-document-error")
    ]
