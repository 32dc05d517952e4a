"""Papers that organisations attach: what they are is read from their content, never from their name."""

import uuid
import zipfile
from collections.abc import Callable
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from foundation.errors import BadInput

LARGEST = 5 * 1024 * 1024
READ = 8 * 1024
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"


def check_paper(paper: "File[Any]") -> str:
    """What the paper is: `pdf`, `odt`, `docx`, `txt`, `jpeg` or `png`.

    Raises BadInput for anything else, for an empty file and for more than 5 MB.
    """
    if not paper.size:
        raise BadInput(_("The file is empty. Choose another one."))
    if paper.size > LARGEST:
        raise BadInput(_("The file is larger than 5 MB. Make it smaller, or choose another one."))
    for kind, fits in KINDS.items():
        paper.seek(0)
        if fits(paper):
            paper.seek(0)
            return kind
    raise BadInput(
        _("We cannot read this file. Attach a PDF, ODT, DOCX or TXT file, or a JPEG or PNG picture.")
    )


def renamed(paper: "File[Any]") -> "File[Any]":
    """The paper under a name that says nothing about who sent it."""
    paper.name = f"{uuid.uuid4().hex}.{check_paper(paper)}"
    return paper


def _begins(sign: bytes) -> Callable[["File[Any]"], bool]:
    return lambda paper: paper.read(len(sign)) == sign


def _is_open_document(paper: "File[Any]") -> bool:
    try:
        with zipfile.ZipFile(paper.file or paper) as inside, inside.open("mimetype") as kind:
            return kind.read(len(OPEN_DOCUMENT) + 1).strip() == OPEN_DOCUMENT
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        return False


def _is_word_document(paper: "File[Any]") -> bool:
    try:
        with zipfile.ZipFile(paper.file or paper) as inside:
            names = set(inside.namelist())
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return False
    plain = {"[Content_Types].xml", "word/document.xml"} <= names
    return plain and not any(name.lower().endswith("vbaproject.bin") for name in names)


def _is_plain_text(paper: "File[Any]") -> bool:
    raw = paper.read(LARGEST)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    start = text.lstrip()[:READ].lower()
    return "\x00" not in text and not start.startswith(("<!doctype", "<html", "<script", "<svg", "<?xml"))


KINDS: dict[str, Callable[["File[Any]"], bool]] = {
    "pdf": _begins(b"%PDF-"),
    "jpeg": _begins(b"\xff\xd8\xff"),
    "png": _begins(b"\x89PNG\r\n\x1a\n"),
    "odt": _is_open_document,
    "docx": _is_word_document,
    "txt": _is_plain_text,
}
