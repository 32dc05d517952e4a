"""Papers of organisations: what they are is read from their content, never from their name."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consultations.papers import LARGEST, check_paper, renamed
from foundation.errors import BadInput


def archive(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as inside:
        for name, content in files.items():
            inside.writestr(name.replace("__", "/").replace("--", "."), content)
    return held.getvalue()


def word(**more: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as inside:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            inside.writestr(name, b"<x/>")
    return held.getvalue()


GOOD = {
    "pdf": b"%PDF-1.4 text",
    "png": b"\x89PNG\r\n\x1a\n....",
    "jpeg": b"\xff\xd8\xff\xe0....",
    "odt": archive(mimetype=b"application/vnd.oasis.opendocument.text"),
    "docx": word(),
    "txt": "हमारा मत".encode(),
}


@pytest.mark.parametrize("kind", GOOD)
def test_six_kinds_of_papers_are_known_by_their_content(kind):
    assert check_paper(SimpleUploadedFile("what-ever.exe", GOOD[kind])) == kind


BAD = {
    "a program": b"MZ\x90\x00\x03",
    "a page that could run": b"<!doctype html><script>1</script>",
    "a drawing that could run": b'<?xml version="1.0"?><svg/>',
    "another archive": archive(readme=b"x"),
    "a spreadsheet": archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    "a torn archive": GOOD["docx"][:40],
    "an empty file": b"",
    "a letter with macros": word(**{"word/vbaProject.bin": b""}),
}


@pytest.mark.parametrize("what", BAD)
def test_everything_else_is_refused_in_words(what):
    with pytest.raises(BadInput) as refusal:
        check_paper(SimpleUploadedFile("paper.pdf", BAD[what]))
    assert str(refusal.value)


def test_a_paper_of_more_than_five_megabytes_is_refused():
    assert check_paper(SimpleUploadedFile("a.pdf", b"%PDF-".ljust(LARGEST, b" "))) == "pdf"
    with pytest.raises(BadInput, match="5 MB"):
        check_paper(SimpleUploadedFile("a.pdf", b"%PDF-".ljust(LARGEST + 1, b" ")))


def test_a_name_that_tells_who_sent_it_is_dropped():
    paper = renamed(SimpleUploadedFile("Asha Rao, 14 Lake Road.docx", GOOD["txt"]))
    assert paper.name is not None and paper.name.endswith(".txt") and "Asha" not in paper.name
    assert paper.read() == GOOD["txt"]
