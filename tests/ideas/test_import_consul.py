"""Proposals and comments of a CONSUL site come in once each, with their threads and their foreign counts."""

import csv
import io
import shutil
from collections import Counter
from itertools import islice

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Agency
from consultations.models import Batch, Consultation, Contribution, ImportedCount, Vote
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
        "decide_madrid: 4094 new, 0 known before, 0 refused; new are 53 ideas and 4041 comments; "
        "184 places kept for removed comments that others answer"
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
    assert again == [
        "decide_madrid: 0 new, 4094 known before, 0 refused; new are 0 ideas and 0 comments; "
        "0 places kept for removed comments that others answer"
    ]


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


PROPOSAL = "id,title,date,summary,text,num_supports\n"
COMMENT = "id,parent_id,proposal_id,date,time,text,votes_up,votes_down\n"
TREES, SHADE = "1,Trees,2015-09-15,,Plant them,3\n", "2,Shade,2015-09-15,,On squares,4\n"
TALK = [
    "10,,1,2015-09-16,10:00:00,Yes,1,0\n",
    "11,10,1,2015-09-16,11:00:00,Where?,5,2\n",
    "12,11,1,2015-09-16,12:00:00,Here,0,0\n",
    "13,12,1,2015-09-16,13:00:00,There,0,0\n",
    "14,,2,2015-09-16,10:00:00,No,0,0\n",
]


@pytest.fixture
def town(tmp_path):
    drafts.site(("en",))
    return city(tmp_path / "town")


def city(folder, ideas=TREES + SHADE, talk=TALK):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "proposals.csv").write_text(PROPOSAL + ideas)
    (folder / "comments.csv").write_text(COMMENT + "".join(talk))
    return folder


def tree():
    """What hangs below what, by the ids of the source, with what it says."""
    found = Contribution.objects.values_list("external_id", "parent__external_id", "text", "state", "reason")
    return sorted(tuple(row[:2]) + tuple(row[2:]) for row in found)


@pytest.mark.parametrize(
    ("ideas", "line", "reason"),
    [
        (TREES.replace("2015-09-15", "2015-99-15") + SHADE, 2, "cannot be read"),
        (SHADE + TREES.replace("1,", "2,", 1), 3, "twice"),
        (TREES.replace("them", "x" * 1_000_000) + SHADE, 2, "bytes"),
        (TREES.replace("them", "x" * 20_001) + SHADE, 2, "characters"),
    ],
    ids=["date", "same id", "1 MB cell", "too long"],
)
def test_a_damaged_proposal_is_one_error_and_its_talk_waits_for_it(town, ideas, line, reason):
    city(town, ideas)
    for _again in range(2):
        out, err = run(town)
        assert len(err) == 2, err
        assert err[0].startswith(f"line {line}: ")
        assert reason in err[0]
        assert err[0].endswith("(proposals.csv)")
        assert err[1].startswith("line 2: the proposal 1 is not there: 4 comments wait")
        assert "5 refused; " in out[0]
        assert "wait for their proposal: 4;" in out[0]
    assert {row[0] for row in tree()} == {"proposal:2", "comment:14"}
    out, err = run(city(town))
    assert (err, out[0].split(";")[0]) == ([], "town: 5 new, 2 known before, 0 refused")
    assert comments().get(external_id="comment:12").parent.external_id == "comment:11"
    assert "0 new, 7 known" in run(town)[0][0]


@pytest.mark.parametrize(
    "damage",
    [
        lambda row: row.replace("2015-09-16", "no day"),
        lambda row: row.replace("Where?", "x" * 20_001),
        lambda row: row.replace(",10,", ",11,"),
        lambda row: row.replace(",10,", ",13,"),
        lambda row: row.replace(",10,1,", ",,99,"),
        lambda row: row.replace("11,", "10,", 1),
    ],
    ids=["date", "too long", "replies to itself", "replies in a circle", "no proposal", "same id"],
)
def test_a_mended_comment_takes_its_place_above_its_replies(town, damage):
    whole = TALK.copy()
    city(town, talk=[*whole[:1], damage(whole[1]), *whole[2:]])
    out, err = run(town)
    assert len(err) == 1, err
    assert "town: 6 new, 0 known before, 1 refused" in out[0]
    assert "1 places kept" in out[0]
    hung = {row[0]: row[1] for row in tree() if row[0] in ("comment:12", "comment:13")}
    place = Contribution.objects.get(reason="not_in_source")
    run(town)
    out, err = run(city(town))
    assert err == []
    assert "town: 1 new, 6 known before, 0 refused" in out[0]
    before = tree()
    found = Contribution.objects.get(external_id="comment:11")
    assert (found.pk, found.text, found.state, found.reason) == (place.pk, "Where?", "published", "")
    assert found.parent.external_id == "comment:10"
    assert found.parent.comment_count == found.comment_count == 1
    assert (found.response.batch.accepted, found.published_at.hour) == (1, 11)
    assert dict(found.imported_counts.values_list("label", "number")) == {"up": 5, "down": 2}
    assert {row[0]: row[1] for row in before if row[0] in hung} == hung
    assert "0 new, 7 known before, 0 refused" in run(town)[0][0]
    assert tree() == before


def test_a_place_is_not_taken_below_its_own_replies(town):
    run(city(town, talk=[TALK[0], *TALK[2:]]))
    out, err = run(city(town, talk=[TALK[0], TALK[1].replace(",10,", ",13,"), TALK[2], TALK[3], TALK[4]]))
    assert len(err) == 1, err
    assert "itself" in err[0]
    assert "6 known before, 1 refused" in out[0]


def test_two_folders_of_one_name_are_told_apart_and_leave_nothing_empty(town, tmp_path):
    run(town, agency="Our City", title="Our ideas")
    before = Contribution.objects.count()
    other = city(tmp_path / "far" / "town", "1,Buses,2015-09-15,,More,3\n2,Trams,2015-09-15,,More,4\n")
    for options in ({"agency": "Other City"}, {"title": "Other ideas"}, {}):
        with pytest.raises(CommandError, match="Our City"):
            run(other, **options)
    assert (Agency.objects.count(), Consultation.objects.count(), Batch.objects.count()) == (1, 1, 2)
    assert Contribution.objects.count() == before
    for options in ({"agency": "Our City", "title": "Our ideas"}, {}):
        assert "0 new, 7 known before" in run(town, **options)[0][0]
    assert (Agency.objects.count(), Consultation.objects.count()) == (1, 1)


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
    assert out[0].startswith("decide_madrid: 4094 new")
    assert out[0].endswith("(dry run: nothing was written)")
    assert Contribution.objects.count() == 0


def test_threads_hang_as_they_did(madrid):
    shorten(madrid / "comments.csv")
    run(madrid)
    reply = Contribution.objects.get(external_id="comment:17107")
    assert reply.parent.external_id == "comment:17092"
    assert reply.parent.parent.external_id == "proposal:7"
    kinds = Counter(Contribution.objects.values_list("kind", flat=True))
    assert kinds["idea"] == 53
