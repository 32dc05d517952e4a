"""What Google's Lighthouse says of each kind of public page: accessibility (aim: 100) and performance (aim: 95).

Prints `pages.<name>.{accessibility, performance, failed}`; `failed` names the audits of accessibility that did not
pass. Lighthouse slows the line and the processor by its own model of a phone; other programs here make performance
worse, so the best of `--times` runs counts. The floor is a bare page of one sentence in the same run. Needs Node.js
with npm, which bring a pinned Lighthouse into the user's cache folder.
"""

import argparse
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import _house
from bench.network import told
from scripts.snac import cache_folder
from tests.servers.browser import chromium_program
from tests.servers.site import site

PIN = "lighthouse@12.8.2"
TRIES = 3
"""Lighthouse now and then misses the beginning of a page on a busy machine, says so and gives no figures."""
KINDS = ("accessibility", "performance")
AIMS = {"accessibility": 100, "performance": 95}
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"


def main() -> None:
    """Starts the demo, asks Lighthouse about each kind of page, prints one line."""
    asked = _arguments()
    program = _program()
    with site(parts=("web",)) as house, _bare() as bare:
        _house.say("the demo is made")
        house.manage("demo", "--yes-this-is-a-demo")
        addresses = {name: house.base_url + path for name, path in told(house, asked.language).items()}
        pages = {}
        for name, address in {"floor": bare, **addresses}.items():
            if asked.page and name not in {"floor", *asked.page}:
                continue
            found = [_look(program, address) for _time in range(asked.times)]
            pages[name] = max(found, key=lambda one: (one["accessibility"], one["performance"]))
            _house.say(f"{name}: {pages[name]}")
    floor = pages.pop("floor")
    met = all(page[kind] >= AIMS[kind] for page in pages.values() for kind in KINDS)
    _house.last_line({"pages": pages, "floor": floor, "aims": AIMS | {"met": met}})


class _Bare(BaseHTTPRequestHandler):
    """One sentence of HTML."""

    def do_GET(self) -> None:
        """The same answer to every question."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(
            b'<!doctype html><html lang="en"><title>Bare</title><main><h1>Bare</h1></main></html>'
        )

    def log_message(self, *_words: object) -> None:
        """Nothing is written down."""


@contextmanager
def _bare() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Bare)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def _program() -> Path:
    """Lighthouse's script, brought by npm when it is not kept yet."""
    home = cache_folder() / "lighthouse"
    script = home / "node_modules" / ".bin" / "lighthouse"
    if not script.exists():
        npm = shutil.which("npm")
        if not npm:
            raise SystemExit("Node.js with npm is needed to bring Lighthouse: apt-get install nodejs npm")
        home.mkdir(parents=True, exist_ok=True)
        words = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(home), PIN]
        subprocess.run(words, check=True, stdout=sys.stderr)
    return script


def _look(program: Path, address: str) -> dict:
    """One run: scores of 100, and the audits of accessibility that did not pass."""
    words = [str(program), address, "--output=json", "--quiet", f"--only-categories={','.join(KINDS)}"]
    words += [f"--chrome-path={chromium_program()}", f"--chrome-flags={FLAGS}"]
    for _time in range(TRIES):
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=180)
        if done.returncode == 0:
            break
        _house.say(f"{address}: {done.stderr.strip()[-200:]}; once more")
    else:
        raise SystemExit(f"Lighthouse ended with {done.returncode} at {address}:\n{done.stderr[-1500:]}")
    report = json.loads(done.stdout)
    audits = [item["id"] for item in report["categories"]["accessibility"]["auditRefs"]]
    failed = [name for name in audits if report["audits"][name]["score"] == 0]
    scores = {kind: round(100 * (report["categories"][kind]["score"] or 0)) for kind in KINDS}
    return {**scores, "failed": failed}


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--language", default="en", choices=("en", "hi", "ar"))
    asked.add_argument("--times", type=int, default=1, help="runs for each page, of which the best counts")
    asked.add_argument("--page", action="append", help="only this kind of page (may stand several times)")
    return asked.parse_args()


if __name__ == "__main__":
    main()
