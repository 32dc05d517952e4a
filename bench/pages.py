"""What a page costs, against a plain `wagtail start` home page and a bare Django view in the same run.

Prints `pages.<name>.{p50_ms, p95_ms, cpu_ms, cpu_ratio, rps, queries, bytes, ratio, cached_rps, cached_ratio}` and
`floor`. `ratio` is p50 against the plain Wagtail page, with our page cache off (aim: at most 2); `cached_ratio` is
requests a second with it on against the bare view's (aim: at least 0.5). Other programs load the same machine, so only
ratios mean something; and as a long request is interrupted more often than a short one, `cpu_ratio` (the time that a
core worked in the web's processes) is the one that a busy machine changes least. The
load is bounded: `--rounds` times (`--times` single requests, then 4 clients for `--seconds`).
"""

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import _house, _pages_plain
from tests.servers.process import free_port

AIM_RATIO, AIM_CACHED = 2.0, 0.5


def main() -> None:
    """Starts everything, measures in rounds, ends everything, prints one line."""
    asked = _arguments()
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="samvad-bench-")))
        home.chmod(0o755)
        databases, redis = stack.enter_context(_house.stores("house", "plain"))
        port = free_port()
        env = _house.house_environment(databases["house"], redis, home, port)
        _house.say("tables and static files")
        for words in (["migrate"], ["collectstatic", "--no-input"]):
            _house.run(*_house.python("manage.py", *words, "--verbosity", "0"), env=env)
        folder = asked.data or home / "consul"
        folder.mkdir(exist_ok=True)
        _house.say(f"{asked.ideas} ideas, one with {asked.comments} comments")
        made = json.loads(
            _house.run(
                *_house.python("-m", "bench._pages_data", str(folder), str(asked.ideas), str(asked.comments)),
                env=env | {"PAGE_CACHE_SECONDS": "0"},
            )
        )
        _house.say("a plain Wagtail site and a bare view")
        where, plain_env = _pages_plain.make(home, databases["plain"])
        serve = {"home": home}
        fresh = stack.enter_context(
            _house.gunicorn("portal.wsgi", env=env | {"PAGE_CACHE_SECONDS": "0"}, port=port, **serve)
        )
        kept = stack.enter_context(_house.gunicorn("portal.wsgi", env=env, **serve))
        wagtail = stack.enter_context(_house.gunicorn("plain.wsgi", env=plain_env, cwd=where, **serve))
        bare = stack.enter_context(_house.gunicorn("bare", env=plain_env, cwd=where, **serve))
        targets = {("floor", "wagtail"): (wagtail, "/", ""), ("floor", "bare"): (bare, "/", "")}
        for name, path in made["pages"].items():
            cookie = made["cookie"] if name == "form" else ""
            targets[("fresh", name)] = (fresh, path, cookie)
            if not cookie:
                targets[("kept", name)] = (kept, path, "")
        measured = _measure(targets, asked)
    _house.last_line(_told(measured, made["queries"]))


def _measure(targets: dict, asked: argparse.Namespace) -> dict:
    """In rounds over all targets, so that what else this machine does falls on all of them alike."""
    measured = {target: _house.Measured() for target in targets}
    for served, path, cookie in targets.values():
        for _line in range(6 * _house.WORKERS):  # each line leads to one process for as long as it stands
            _house.one_by_one(_house.Measured(), served.url + path, times=2, cookie=cookie)
    for number in range(asked.rounds):
        _house.say(f"round {number + 1} of {asked.rounds}")
        for target, (served, path, cookie) in targets.items():
            begun = served.worked()
            _house.one_by_one(measured[target], served.url + path, times=asked.times, cookie=cookie)
            measured[target].worked += served.worked() - begun
            _house.together(measured[target], served.url + path, seconds=asked.seconds, cookie=cookie)
    return measured


def _told(measured: dict, queries: dict[str, int]) -> dict:
    wagtail, bare = measured[("floor", "wagtail")], measured[("floor", "bare")]
    pages = {}
    for (kind, name), found in measured.items():
        if kind != "fresh":
            continue
        kept = measured.get(("kept", name))
        pages[name] = {
            "p50_ms": found.at(0.5),
            "p95_ms": found.at(0.95),
            "cpu_ms": found.cpu_ms,
            "cpu_ratio": round(found.cpu_ms / wagtail.cpu_ms, 2),
            "rps": found.rps,
            "queries": queries[name],
            "bytes": found.bytes,
            "ratio": round(found.at(0.5) / wagtail.at(0.5), 2),
        }
        if kept:
            pages[name] |= {"cached_rps": kept.rps, "cached_ratio": round(kept.rps / bare.rps, 2)}
    floor = {
        name: {
            "p50_ms": found.at(0.5),
            "p95_ms": found.at(0.95),
            "cpu_ms": found.cpu_ms,
            "rps": found.rps,
            "bytes": found.bytes,
        }
        for (kind, name), found in measured.items()
        if kind == "floor"
    }
    cached = [page["cached_ratio"] for page in pages.values() if "cached_ratio" in page]
    aims = {
        "ratio_at_most": AIM_RATIO,
        "cached_ratio_at_least": AIM_CACHED,
        "met": all(page["ratio"] <= AIM_RATIO for page in pages.values()) and min(cached) >= AIM_CACHED,
    }
    return {"pages": pages, "floor": floor, "aims": aims}


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, help="folder for the made export; else a temporary one")
    asked.add_argument("--ideas", type=int, default=10_000)
    asked.add_argument("--comments", type=int, default=200)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--times", type=int, default=20, help="single requests to each page in a round")
    asked.add_argument(
        "--seconds", type=float, default=1.0, help="how long 4 clients ask each page in a round"
    )
    return asked.parse_args()


if __name__ == "__main__":
    main()
