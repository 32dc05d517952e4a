"""The program that anybody downloads: it finds every change, and proves that a head is in the chain."""

import json
import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from records import queries, services, verify

PROGRAM = Path(verify.__file__)
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LINES = 60


def register(lines: int = LINES, agency: str = "water", leave_out: int = 0) -> bytes:
    """A whole register as a file, made without a database."""
    prev_hash, out = verify.GENESIS, []
    for seq in (number for number in range(1, lines + 1) if number != leave_out):
        fields = {
            "seq": seq,
            "kind": "batch_taken_in",
            "agency": agency,
            "thing": f"t{seq * 7}",
            "body": {"accepted": seq * 11, "sha256": f"{seq:064x}"},
            "at": f"2026-01-05T{seq // 60 + 9:02}:{seq % 60:02}Z",
            "prev_hash": prev_hash,
        }
        fields["hash"] = prev_hash = verify.fingerprint(fields)
        out.append(verify.canonical(fields) + b"\n")
    return b"".join(out)


def head_of(file: bytes) -> str:
    last = json.loads(file.splitlines()[-1])
    return f"{last['hash']}:{last['seq']}"


def run(*words: str, file: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """The program as somebody without our packages runs it."""
    command = [sys.executable, "-I", "-S", str(PROGRAM), *words]
    return subprocess.run(command, input=file, capture_output=True, timeout=60, check=False)


def outcome(file: bytes, head: str = "") -> tuple[int, str]:
    """The same in this process, for the many."""
    wanted = verify.HEAD.fullmatch(head)
    chain = verify.Chain(wanted[1] if wanted else "", int(wanted[2]) if wanted else None)
    try:
        for line in file.splitlines(keepends=True):
            chain.take(line)
    except verify.Broken as broken:
        return 1, str(broken)
    return (1, "HEAD NOT FOUND") if wanted and chain.found is None else (0, "")


def test_it_is_short_and_needs_nothing_but_the_standard_library(tmp_path: Path) -> None:
    assert len(PROGRAM.read_text().splitlines()) <= 150
    file = tmp_path / "records.ndjson"
    file.write_bytes(register())
    done = run(str(file))
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Whole: 60 lines" in done.stdout
    assert head_of(register()).encode() in done.stdout


def test_it_reads_what_is_piped_into_it() -> None:
    assert run(file=register()).returncode == 0
    assert run("-", "--head", head_of(register()), file=register()).returncode == 0


def test_an_empty_register_is_whole_and_starts_at_zeros() -> None:
    assert run(file=b"").returncode == 0
    assert run("--head", f"{verify.GENESIS}:0", file=b"").returncode == 0
    assert run("--head", head_of(register()), file=b"").returncode == 1


def test_a_head_from_a_letter_is_found_with_and_without_its_number() -> None:
    file = register()
    head = json.loads(file.splitlines()[29])["hash"]
    for given in (head, f"{head}:30", head.upper(), f" {head}:30 "):
        done = run("--head", given, file=file)
        assert done.returncode == 0
        assert b"is line 30 of this chain" in done.stdout


@pytest.mark.parametrize("given", ["abc", "g" * 64, "0" * 63, "", f"{'0' * 64}:x", f"{'0' * 64}:"])
def test_what_is_not_a_head_is_said_to_be_wrong_use(given: str) -> None:
    done = run("--head", given, file=register())
    assert done.returncode == 2
    assert b"a head is 64 characters" in done.stderr


def test_a_file_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    done = run(str(tmp_path / "nothing.ndjson"))
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_chain_written_anew_or_shortened_is_whole_in_itself_and_fails_the_head() -> None:
    file = register()
    head = head_of(file)
    for forged in (register(agency="parks"), b"".join(file.splitlines(keepends=True)[:-1])):
        assert run(file=forged).returncode == 0
        done = run("--head", head, file=forged)
        assert done.returncode == 1
        assert b"HEAD NOT FOUND" in done.stdout
    number_off_by_one = head.replace(":60", ":59")
    assert run("--head", number_off_by_one, file=file).returncode == 1


def test_the_first_wrong_line_is_named() -> None:
    lines = register().splitlines(keepends=True)
    lines[41] = lines[41].replace(b'"accepted":462', b'"accepted":999')
    done = run(file=b"".join(lines))
    assert done.returncode == 1
    assert b"NOT WHOLE. Line 42: its hash does not fit" in done.stdout
    assert b"41 lines before it are in order" in done.stdout


def test_a_number_left_out_is_found_even_when_all_hashes_fit() -> None:
    done = run(file=register(leave_out=17))
    assert done.returncode == 1
    assert b"Line 17: number 17 should stand here, not 18" in done.stdout


def test_a_download_that_broke_off_is_said_to_be_incomplete() -> None:
    done = run(file=register()[:-40])
    assert done.returncode == 1
    assert b"Line 60: it is cut off" in done.stdout


def test_200_of_200_random_changes_are_found() -> None:
    file, head = register(), head_of(register())
    dice = random.Random(7)
    assert outcome(file, head) == (0, "")
    unnoticed = [attempt for attempt in range(200) if outcome(_tampered(file, attempt, dice), head)[0] == 0]
    assert unnoticed == []


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"[]\n",
        b"null\n",
        b'"x"\n',
        b"{}\n",
        b"\xff\xfe\n",
        b"[" * 100_000 + b"\n",
        b'{"seq":NaN}\n',
        b"x" * 2_000_000,
        b'{"agency":"\\ud800","at":"","body":{},"hash":"","kind":"","prev_hash":"","seq":true,"thing":""}\n',
        b'{"agency":"","at":"","body":1e999,"hash":"","kind":"","prev_hash":"","seq":1,"thing":""}\n',
    ],
    ids=range(11),
)
def test_rubbish_is_a_wrong_line_and_never_a_crash(line: bytes) -> None:
    done = run(file=line)
    assert done.returncode == 1
    assert b"NOT WHOLE. Line 1:" in done.stdout
    assert done.stderr == b""


@pytest.mark.django_db
def test_what_is_downloaded_is_what_the_program_checks(client: Client) -> None:
    for number in range(3):
        services.enter("batch_taken_in", agency="water", accepted=number, sha256=f"{number:064x}")
    services.chain(NOW)
    file = b"".join(client.get(reverse("record_files:ndjson")).streaming_content)
    program = b"".join(client.get(reverse("record_files:verify")).streaming_content)
    head = client.get(reverse("record_files:head")).content.decode().strip()
    assert program == PROGRAM.read_bytes()
    assert head == str(services.head())
    assert run("--head", head, file=file).returncode == 0


@pytest.mark.django_db
def test_the_command_finds_a_head_and_says_when_it_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    services.enter("agency_opened", agency="water")
    services.chain(NOW)
    services.enter("agency_opened", agency="parks")
    head = str(services.head())
    call_command("verify_records", head=head)
    said = capsys.readouterr().out
    assert "is whole: 1 lines" in said
    assert "The head you gave is line 1. 1 more wait" in said
    for wrong, status in ((f"{'1' * 64}:1", 1), ("x", 2)):
        with pytest.raises(SystemExit) as ended:
            call_command("verify_records", head=wrong)
        assert ended.value.code == status
    assert len(list(queries.lines())) == 1


def _tampered(file: bytes, attempt: int, dice: random.Random) -> bytes:
    """One wrong done to a register: a byte, a value, a line, the order, the end, or a line with a new hash."""
    lines = file.splitlines(keepends=True)
    at = dice.randrange(len(lines))
    match attempt % 10:
        case 0:
            place = dice.randrange(len(file))
            return file[:place] + bytes([file[place] ^ dice.randint(1, 127)]) + file[place + 1 :]
        case 1:
            place = dice.randrange(len(file))
            return file[:place] + file[place + 1 :]
        case 2:
            del lines[at]
        case 3:
            lines.insert(at, lines[dice.randrange(len(lines))])
        case 4:
            other = (at + dice.randint(1, len(lines) - 1)) % len(lines)
            lines[at], lines[other] = lines[other], lines[at]
        case 5:
            fields = json.loads(lines[at])
            fields["body"]["accepted"] += dice.randint(1, 9)
            fields["hash"] = verify.fingerprint(fields)
            lines[at] = verify.canonical(fields) + b"\n"
        case 6:
            lines = lines[: dice.randrange(len(lines))]
        case 7:
            lines[at] = lines[at].replace(b'"kind":', b'"kind":"agency_opened","kind":')
        case 8:
            lines[at] = lines[at].replace(b":", b": ", 1)
        case _:
            fields = json.loads(lines[at])
            fields["hash"] = f"{dice.getrandbits(256):064x}"
            lines[at] = verify.canonical(fields) + b"\n"
    return b"".join(lines)
