"""What `make new-channel` and `make new-instrument` write stands on its own from the first minute."""

import datetime
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.new import filled
from scripts.venv import ROOT

TRY = {
    "channel": """
from outreach.channels import channels
from outreach.channels.base import Account, Message
from foundation.errors import OutsideError
channel = channels().get("carrier_pigeon")
(part,) = channel.compose(Message("Title", "Words", "https://x.test/"), "en")
assert "https://x.test/" in part.text and channel.validate([part]) == [], part
assert channel.validate(channel.compose(Message("", ""), "en"))
try:
    channel.publish(part, None)
except OutsideError as no:
    assert "not connected" in str(no.message)
else:
    raise AssertionError("it pretended to send")
""",
    "instrument": """
from django import forms
from consultations.instruments.base import QuestionSpec, instruments
asked = instruments.get("carrier_pigeon")
spec = QuestionSpec("q", "carrier_pigeon", "Shall we?")
class Rows:
    def values_list(self, *fields, flat=False):
        return [{"yes": True}, {"yes": True}, {"yes": False}, None]
assert [line.count for line in asked.tally(spec, Rows()).lines] == [2, 1]
said = asked.clean(spec, asked.form_field(spec).clean("yes"))
assert asked.describe(spec, said.text, said.answer) == "Yes"
assert asked.export(spec, "", said.answer) == {"answer": "yes"} and asked.clean(spec, "") is None
try:
    asked.clean(spec, "perhaps")
except forms.ValidationError:
    assert asked.block()
else:
    raise AssertionError("it took anything")
""",
}


@pytest.mark.parametrize("kind", ["channel", "instrument"])
def test_a_new_file_does_what_its_folder_asks_of_it(kind: str, tmp_path: Path) -> None:
    written = filled(kind, "carrier_pigeon", today=datetime.date(2026, 11, 21))
    assert "@@" not in written
    program = tmp_path / "try.py"
    program.write_text(f"import django\ndjango.setup()\n{written}\n{TRY[kind]}\nprint('it stands')")
    done = subprocess.run(
        [sys.executable, program], capture_output=True, text=True, check=False, env=_environment(), cwd=ROOT
    )
    assert done.stdout.strip() == "it stands", done.stderr


@pytest.mark.parametrize("name", ["", "Pigeon", "1pigeon", "class", "../evil", "pigeon.py"])
def test_a_name_that_is_no_name_is_said_in_one_line(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.new", "channel", name],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("NAME must be a word") and done.stderr.count("\n") == 1


def _environment() -> dict[str, str]:
    return {
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "PATH": "/usr/bin:/bin",
        "PYTHONWARNINGS": "ignore",
    }
