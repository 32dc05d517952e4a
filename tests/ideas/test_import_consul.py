"""Proposals and comments of a CONSUL site come in once each, with their threads and their foreign counts."""

import csv
import io
import shutil
from collections import Counter
from itertools import islice

import pytest
from django.core.management import CommandError, call_command

from consultations.models import Contribution, ImportedCount, Vote
from ideas.models import Idea
from tests.consultations import drafts
from tests.real_data import folder

pytestmark = pytest.mark.django_db
SOME = 600


def run(path, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_consul", str(path), stdout=out, stderr=err, **options)
    return out.getvalue().strip().splitlines(), err.getvalue().strip().splitlines()


@pytest.fixture
def madrid(tmp_path):
    drafts.site(("en",))
    copy = tmp_path / "decide_madrid"
    copy.mkdir()
    for name in ("proposals.csv", "comments.csv"):
        shutil.copy(folder("decide_madrid") / name, copy / name)
    return copy


def comments():
    return Contribution.objects.filter(kind="comment")


def depth(parents, key):
    steps = 0
    while parents.get(key):
        key, steps = parents[key], steps + 1
    return steps


def test_the_whole_of_it_comes_in_once(madrid):
    out, err = run(madrid)
    assert err == []
    assert out == [
        "proposals.csv: 53 new, 0 known before, 0 refused",
        "comments.csv: 4041 new, 0 known before, 0 refused",
        "decide_madrid: 53 ideas and 4041 comments taken in; 184 places kept for removed comments that others answer",
    ]
    assert Idea.objects.count() == 53
    assert comments().exclude(reason="not_in_source").count() == 4041
    assert comments().filter(reason="empty_in_source").count() == 27
    assert comments().filter(parent__reason="not_in_source").count() == 226
    parents = dict(Contribution.objects.values_list("pk", "parent_id"))
    assert max(depth(parents, key) for key in parents) >= 24
    assert Vote.objects.count() == 0
    assert ImportedCount.objects.filter(label="supports").count() == 53
    before = Contribution.objects.count()
    again, _err = run(madrid)
    assert Contribution.objects.count() == before
    assert again[0] == "proposals.csv: 0 new, 53 known before, 0 refused"


def shorten(path):
    """The first comments alone: damage is met as early, and seven imports of all of them are minutes."""
    with path.open(newline="", encoding="utf-8") as whole:
        rows = list(islice(csv.reader(whole), SOME + 1))
    with path.open("w", newline="", encoding="utf-8") as some:
        csv.writer(some, lineterminator="\n").writerows(rows)


def damage(path, number, change):
    lines = path.read_bytes().split(b"\n")
    lines[number - 1] = change(lines[number - 1])
    path.write_bytes(b"\n".join(lines))


@pytest.mark.parametrize(
    ("number", "change", "reason"),
    [
        (2, lambda line: line.replace(b"2015-09-15", b"9999-99-99"), "9999"),
        (2, lambda line: line.replace(b"2015-09-15", b"0001-01-01"), "range"),
        (3, lambda line: line.replace(b"17107,", b"abc,", 1), "abc"),
        (
            4,
            lambda line: b"17127,17107,7,u1,Autor,2015-09-15,11:23:10," + b"x" * 10_000_000 + b",1,1,0",
            "bytes",
        ),
        (5, lambda line: b'17135,,7,u81,,2015-09-15,11:29:18,"open,1,1,0', "never closed"),
        (3, lambda line: line.replace(b"17107,", b"17092,", 1), "twice"),
        (3, lambda line: line.replace(b"17107,17092,7", b"17107,,99999"), "not there"),
    ],
    ids=["no date", "out of range", "no number", "10 MB cell", "unclosed quote", "same id", "no proposal"],
)
def test_one_damaged_row_is_named_and_loses_nothing_else(madrid, number, change, reason):
    shorten(madrid / "comments.csv")
    damage(madrid / "comments.csv", number, change)
    _out, err = run(madrid)
    assert len(err) == 1, err
    assert err[0].startswith(f"line {number}: ")
    assert reason in err[0]
    assert comments().exclude(reason="not_in_source").count() == SOME - 1


@pytest.mark.parametrize("name", ["proposals.csv", "comments.csv"])
def test_another_encoding_or_a_missing_column_is_one_clear_error(madrid, name):
    path = madrid / name
    text = path.read_text()
    path.write_bytes(text.encode("latin-1", errors="replace"))
    with pytest.raises(CommandError, match="UTF-8"):
        run(madrid)
    path.write_text(text.replace("id,", "key,", 1))
    with pytest.raises(CommandError, match="no column “id”"):
        run(madrid)
    assert Contribution.objects.count() == 0


def test_a_dry_run_says_the_same_and_writes_nothing(madrid):
    out, _err = run(madrid, dry_run=True)
    assert out[0].startswith("proposals.csv: 53 new")
    assert Contribution.objects.count() == 0


def test_threads_hang_as_they_did(madrid):
    shorten(madrid / "comments.csv")
    run(madrid)
    reply = Contribution.objects.get(external_id="comment:17107")
    assert reply.parent.external_id == "comment:17092"
    assert reply.parent.parent.external_id == "proposal:7"
    kinds = Counter(Contribution.objects.values_list("kind", flat=True))
    assert kinds["idea"] == 53
