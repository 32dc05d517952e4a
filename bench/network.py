"""When a page can be read on a slow line: 250 kbit/s and 300 ms, with nothing kept from before, in a real browser.

Prints `pages.<name>.{first_ms, visible_ms, load_ms, requests, bytes}` and `floor`. `visible_ms` is the moment of the
largest paint (aim: at most 3,000 ms); the floor is `/healthz`, a page of a few bytes, on the same line in the same
run. The line is slowed by Chromium, not by this machine; still, other programs here make each figure worse. The load
is bounded: `--times` visits to each page, one after the other; the figures are medians.
"""

import argparse
import json
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import _house
from tests.servers.browser import Window, browser
from tests.servers.site import Site, site

LINE = {"offline": False, "latency": 300, "downloadThroughput": 250_000 / 8, "uploadThroughput": 250_000 / 8}
AIM_MS = 3000
TELL = """
import json
from scripts.shown import addresses
print("TOLD" + json.dumps(addresses({language!r})))
"""
WATCH = """
window.largest = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.largest = entry.startTime; })
  .observe({type: "largest-contentful-paint", buffered: true});
"""
TIMES = """() => {
  const first = performance.getEntriesByName("first-contentful-paint")[0];
  return [first ? first.startTime : 0, window.largest, performance.getEntriesByType("navigation")[0].loadEventEnd];
}"""
LEFT_OUT = ("account", "respond", "own", "components", "404")


def main() -> None:
    """Starts the demo, visits each kind of page, prints one line."""
    asked = _arguments()
    with site(parts=("web",)) as house, browser() as window:
        _house.say("the demo is made")
        house.manage("demo", "--yes-this-is-a-demo")
        pages = {}
        for name, path in {"floor": "/healthz", **told(house, asked.language)}.items():
            _house.say(f"{name} {path}")
            pages[name] = _median([_visit(window, house.base_url + path) for _time in range(asked.times)])
    floor = pages.pop("floor")
    worst = max(page["visible_ms"] for page in pages.values())
    aims = {"visible_ms_at_most": AIM_MS, "worst_ms": worst, "met": worst <= AIM_MS}
    _house.last_line({"pages": pages, "floor": floor, "aims": aims})


def told(house: Site, language: str) -> dict[str, str]:
    """A path of the demo for each kind of page that a stranger reads."""
    said = house.shell(TELL.format(language=language)).partition("TOLD")[2]
    return {name: path for name, path in json.loads(said).items() if name not in LEFT_OUT}


def _visit(window: Window, address: str) -> dict[str, int]:
    """One first visit by somebody new."""
    page = window.page(width=360, height=740)
    try:
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        line.send("Network.emulateNetworkConditions", LINE)
        sizes: list[int] = []
        line.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        page.add_init_script(WATCH)
        answer = page.goto(address, wait_until="networkidle", timeout=60_000)
        if answer is None or answer.status != 200:
            raise SystemExit(f"{address} did not answer")
        first, largest, load = page.evaluate(TIMES)
    finally:
        page.context.close()
    return {
        "first_ms": round(first),
        "visible_ms": round(largest or first),
        "load_ms": round(load),
        "requests": len(sizes),
        "bytes": sum(sizes),
    }


def _median(visits: list[dict[str, int]]) -> dict[str, int]:
    return {key: round(statistics.median(visit[key] for visit in visits)) for key in visits[0]}


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--language", default="en", choices=("en", "hi", "ar"))
    asked.add_argument("--times", type=int, default=3, help="visits to each page")
    return asked.parse_args()


if __name__ == "__main__":
    main()
