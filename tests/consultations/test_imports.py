"""A survey's answers come in row by row, once each, and a damaged row costs no other."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Agency
from consultations.models import Batch, Consultation, Contribution, Participant
from foundation import tables
from tests.consultations import drafts
from tests.real_data import folder

pytestmark = pytest.mark.django_db
HEAD = "response_id,comment\n"


def run(path, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_survey", str(path), text_column="comment", stdout=out, stderr=err, **options)
    return out.getvalue().strip(), err.getvalue().strip().splitlines()


def table(tmp_path, text, name="answers.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_real_survey_comes_in_whole_and_once():
    drafts.site(("en",))
    path = folder("survey_austin") / "responses.csv"
    out, err = run(path, id_column="response_id")
    assert out == "responses.csv: 1604 new, 0 known before, 0 refused"
    assert err == []
    assert Contribution.objects.count() == 1604
    assert set(Contribution.objects.values_list("state", "kind", "may_publish").distinct()) == {
        ("counted", "answer", False)
    }
    assert not Participant.objects.filter(person__isnull=False).exists()
    row = Consultation.objects.get()
    assert (row.agency.name, row.title, row.page.live) == ("Survey Austin", "Survey Austin", False)
    again, _err = run(path, id_column="response_id")
    assert again == "responses.csv: 0 new, 1604 known before, 0 refused"
    assert Contribution.objects.count() == 1604
    assert Batch.objects.count() == 2


def test_a_dry_run_writes_nothing(tmp_path):
    drafts.site(("en",))
    out, _err = run(table(tmp_path, HEAD + "1,Trees\n2,Shade\n"), dry_run=True)
    assert out == "answers.csv: 2 new, 0 known before, 0 refused (dry run: nothing was written)"
    assert (Contribution.objects.count(), Batch.objects.count(), Agency.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        ("1,Trees\n2\n3,Shade\n", 3, "cells"),
        ('1,Trees\n2,"never closed\n3,Shade\n', 3, "never closed"),
        ("1,Trees\n2,   \n3,Shade\n", 3, "empty"),
        ("1,Trees\n1,Twice\n3,Shade\n", 3, "twice"),
        (f"1,Trees\n2,{'x' * 10_000_000}\n3,Shade\n", 3, "bytes"),
        ('1,Trees\n2,"' + ("x" * 9_000 + "\n") * 1_000 + '"\n3,Shade\n', 3, "bytes"),
        ('1,Trees\n2,"' + "one, two\n" * 200 + "three\n" * 800 + '"\n3,Shade\n', 3, "lines"),
        ('1,Trees\n2,"' + "never closed\n" * 1_000 + "3,Shade\n", 3, "never closed"),
        ('1,Trees\n2,"' + "x\n" * 1_000 + '3,"Shade, and"\n', 3, "never closed"),
        ('1,Trees\n2,"open\n' + "".join(f"{n},Shade {n}\n" for n in range(3, 600)), 3, "never closed"),
        ('1,Trees\n2,"two\nlines",a,b\n3,Shade\n', 3, "4 cells"),
        (b'1,Trees\n2,"two\ncaf\xe9\nlines"\n3,Shade \xe2\x9c\x93\n4,Water \xe2\x9c\x93\n', 3, "utf-8"),
        ('1,Trees\n2,"mid"dle\n3,Shade\n', 3, "middle"),
        (f"1,Trees\n2,{'x' * 20_001}\n3,Shade\n", 3, "characters"),
        ("1,Trees\n2,bad\x00sign\n3,Shade\n", 3, "NUL"),
        (b"1,Trees\n2,caf\xe9\n3,Shade \xe2\x9c\x93\n4,Water \xe2\x9c\x93\n", 3, "utf-8"),
    ],
    ids=[
        *("missing cell", "unclosed quote", "empty", "same id", "10 MB cell", "9 MB of lines", "1,000 lines"),
        *("1,000 lines, unclosed", "1,000 lines, a quoted row behind", "unclosed before 597 rows"),
        *("too many cells in lines", "encoding in lines", "quote in a cell", "too long", "nul", "encoding"),
    ],
)
def test_each_bad_row_is_named_and_the_rest_goes_in(tmp_path, rows, line, reason):
    drafts.site(("en",))
    raw = rows if isinstance(rows, bytes) else rows.encode()
    out, err = run(table(tmp_path, HEAD.encode() + raw), id_column="response_id")
    assert len(err) == 1, err
    assert err[0].startswith(f"line {line}: ")
    assert reason in err[0]
    assert "1 refused" in out
    said = set(Contribution.objects.values_list("text", flat=True))
    assert "Trees" in said
    assert any(text.startswith("Shade") for text in said)
    if "Shade 3" in said:
        assert len(said) == 1 + 597


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "empty"),
        (b"response_id,words\n1,Trees\n", "comment"),
        ("response_id,comment\n1,\xe1rboles\n2,r\xedo\n".encode("latin-1"), "UTF-8"),
        ("response_id,comment\n1,Trees\n".encode("utf-16"), "UTF-16"),
    ],
    ids=["empty", "missing column", "latin-1", "utf-16"],
)
def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path, raw, why):
    drafts.site(("en",))
    with pytest.raises(CommandError, match=why):
        run(table(tmp_path, raw))
    assert (Contribution.objects.count(), Consultation.objects.count()) == (0, 0)


def test_a_file_of_the_same_name_for_another_agency_is_refused(tmp_path):
    drafts.site(("en",))
    path = table(tmp_path, HEAD + "1,Trees\n")
    run(path, agency="Water Board")
    with pytest.raises(CommandError, match="Water Board"):
        run(path, agency="Roads Board")
    with pytest.raises(CommandError, match="Water Board"):
        run(path, consultation="roads")
    assert (Agency.objects.count(), Consultation.objects.count(), Batch.objects.count()) == (1, 1, 1)
    assert run(path)[0] == "answers.csv: 0 new, 1 known before, 0 refused"
    assert Consultation.objects.count() == 1


def test_a_cell_may_hold_lines_and_quotes(tmp_path):
    path = table(tmp_path, 'a,b\n1,"two\nlines, and ""quotes"""\n2,plain\n')
    rows = list(tables.read(path, needed=["a"]))
    assert [row.line for row in rows] == [2, 4]
    assert rows[0].cells["b"] == 'two\nlines, and "quotes"'


@pytest.mark.parametrize(
    ("text", "damaged", "rows"),
    [
        ('2,"open\n3\n4,Shade\n', [2, 3], 1),
        ('2,"open\n' + "3,Shade\n" * 500 + '4,stray"\n', [2], 501),
        ('2,"open\n3,Shade\n4,"open\n5,Shade\n', [2, 4], 2),
        ('2,"' + "x\n" * 500 + '"\n3,"' + "x\n" * 500 + '"\n4,Shade\n', [2, 503], 1),
    ],
    ids=["a bad row behind", "a quote 500 rows on", "two open quotes", "two long cells"],
)
def test_each_damage_is_told_and_no_row_is_swallowed(tmp_path, text, damaged, rows):
    found = list(tables.read(table(tmp_path, "a,b\n" + text), needed=["a"]))
    assert [row.line for row in found if isinstance(row, tables.Damaged)] == damaged
    assert sum(isinstance(row, tables.Row) for row in found) == rows


def test_a_file_that_is_not_there_is_said_plainly(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "nowhere.csv")
