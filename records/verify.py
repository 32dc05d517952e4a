#!/usr/bin/env python3
# ruff: noqa: T201 (it is a program of its own: it prints)
"""Checks a copy of the public register. Needs Python 3.9 or newer and nothing else.

    python3 verify.py records.ndjson
    curl -s https://…/records/records.ndjson | python3 verify.py
    python3 verify.py records.ndjson --head 5f0c…e1:2431

The copy is whole when every line is written as the register writes it, follows on the line before it, and carries
the hash of what stands in it. That alone cannot show that lines at the end are missing, or that everything was
written anew. `--head` does: give the head from a letter, from the feed or from an older copy, and it must be found.

A line is JSON with sorted keys, no spaces, ASCII only. Its hash is SHA-256 over the same line without `hash`.
Exit status: 0 whole, 1 not whole or head not found, 2 wrong use.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from typing import Any, BinaryIO

GENESIS = "0" * 64
KEYS = {"agency", "at", "body", "hash", "kind", "prev_hash", "seq", "thing"}
HEAD = re.compile(r"([0-9a-f]{64})(?::([0-9]{1,18}))?")
LONGEST = 1_000_000
EVERY = 20_000


class Broken(Exception):
    """The first line that is wrong, and how."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"Line {line}: {message}")
        self.line = line


def canonical(fields: dict[str, Any]) -> bytes:
    """The one way to write these fields."""
    return json.dumps(
        fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    ).encode()


def fingerprint(fields: dict[str, Any]) -> str:
    """The hash of a line: over everything in it but the hash itself."""
    return hashlib.sha256(canonical({key: fields[key] for key in fields if key != "hash"})).hexdigest()


class Chain:
    """Takes lines one after the other; `seq`, `hash` and `at` are those of the newest."""

    def __init__(self, look_for: str = "", look_for_seq: int | None = None) -> None:
        self.seq, self.hash, self.at = 0, GENESIS, ""
        self.look_for, self.look_for_seq = look_for, look_for_seq
        self.found: int | None = None
        self._notice()

    def take(self, line: bytes) -> None:
        """Adds one line (bytes with its line end); raises Broken when it does not belong here."""
        number = self.seq + 1
        if not line.endswith(b"\n"):
            raise Broken(number, "it is cut off or too long. The copy is not complete.")
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            raise Broken(number, "this is not a line of the register.") from None
        if not isinstance(fields, dict) or set(fields) != KEYS:
            raise Broken(number, "it does not have the fields of a line of the register.")
        try:
            as_written = canonical(fields) + b"\n"
        except ValueError:
            as_written = b""
        if as_written != line:
            raise Broken(number, "it is not written the way the register writes it.")
        if fields["seq"] != number or isinstance(fields["seq"], bool):
            raise Broken(
                number, f"number {number} should stand here, not {fields['seq']}: lines are missing or moved."
            )
        if fields["prev_hash"] != self.hash:
            raise Broken(number, "it does not follow on the line before it.")
        if fields["hash"] != fingerprint(fields):
            raise Broken(number, "its hash does not fit what stands in it: it was changed.")
        self.seq, self.hash, self.at = number, fields["hash"], fields["at"]
        self._notice()

    def _notice(self) -> None:
        if self.look_for == self.hash and self.look_for_seq in (None, self.seq):
            self.found = self.seq


def read(source: BinaryIO, chain: Chain) -> None:
    """Takes every line of a binary file; says now and then how far it is."""
    while True:
        line = source.readline(LONGEST)
        if not line:
            break
        chain.take(line)
        if chain.seq % EVERY == 0 and sys.stderr.isatty():
            print(f"\r{chain.seq} lines checked", end="", file=sys.stderr, flush=True)
    if chain.seq >= EVERY and sys.stderr.isatty():
        print(file=sys.stderr)


def main(words: list[str] | None = None) -> int:
    """The command; gives its exit status."""
    parser = argparse.ArgumentParser(description="Checks a copy of the public register.")
    parser.add_argument(
        "file", nargs="?", default="-", help="the downloaded records.ndjson; - or nothing: stdin"
    )
    parser.add_argument(
        "--head", metavar="HASH[:SEQ]", help="a head you were given: it must be in this chain"
    )
    given = parser.parse_args(words)
    wanted = HEAD.fullmatch((given.head or "").strip().lower())
    if given.head is not None and not wanted:
        parser.error("a head is 64 characters of 0-9 and a-f, and may end with a colon and a number")
    seq = int(wanted[2]) if wanted and wanted[2] else None
    chain = Chain(wanted[1] if wanted else "", seq)
    try:
        if given.file == "-":
            read(sys.stdin.buffer, chain)
        else:
            with open(given.file, "rb") as source:
                read(source, chain)
    except OSError as error:
        parser.error(f"cannot read {given.file}: {error.strerror}")
    except Broken as broken:
        print(f"NOT WHOLE. {broken}")
        print(f"{chain.seq} lines before it are in order.")
        return 1
    print(f"Whole: {chain.seq} lines, each in its place and unchanged.")
    print(f"Head: {chain.hash}:{chain.seq}" + (f" of {chain.at}" if chain.at else ""))
    if wanted and chain.found is None:
        print("HEAD NOT FOUND. It is not in this chain: lines were taken away or written anew.")
        return 1
    if wanted:
        print(f"The head you were given is line {chain.found} of this chain.")
    else:
        print("Nothing missing at the end? Give a head from a letter or the feed: --head HASH:SEQ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
