"""Reading the register: a page in words, and files to check it with."""

from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation import clock
from records import kinds, queries, services, verify
from records.models import Record

SHOWN = 50
STANDALONE = Path(verify.__file__)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the register is, how to check it, and its newest lines in words."""
    newest = services.head()
    context = {
        "head": newest,
        "as_of": clock.now(),
        "waiting": queries.waiting(),
        "totals": [[_words(total.kind), total.number] for total in queries.totals()],
        "total_heads": [_("What happened"), {"label": _("Lines"), "number": True}],
        "heads": [
            {"label": _("Line"), "number": True}, _("What happened"), _("Which"), _("Facts"), _("When")
        ],
        "rows": [_row(record) for record in queries.newest(SHOWN)],
        "crumbs": [{"label": _("The public register")}],
    }  # fmt: skip
    return render(request, "records/index.html", context)


@require_safe
def ndjson(request: HttpRequest) -> StreamingHttpResponse:
    """The whole register up to this moment, one line of JSON each, streamed."""
    newest = services.head()
    response = StreamingHttpResponse(queries.lines(up_to=newest.seq), content_type="application/x-ndjson")
    response["Content-Disposition"] = 'attachment; filename="records.ndjson"'
    return response


@require_safe
def head(request: HttpRequest) -> HttpResponse:
    """The newest line's hash and number, as `verify.py --head` takes them."""
    return HttpResponse(f"{services.head()}\n", content_type="text/plain; charset=utf-8")


@require_safe
def program(request: HttpRequest) -> FileResponse:
    """The program that checks a downloaded register, to be read and run by anybody."""
    return FileResponse(
        STANDALONE.open("rb"),
        as_attachment=True,
        filename="verify.py",
        content_type="text/x-python; charset=utf-8",
    )


def _row(record: Record) -> list[Any]:
    when = localtime(record.at)
    return [
        record.seq,
        _words(record.kind),
        " ".join(part for part in (record.agency, _short(record.thing)) if part),
        ", ".join(_fact(name, value) for name, value in sorted(record.body.items())),
        {"text": date_format(when, "DATETIME_FORMAT"), "datetime": when.isoformat()},
    ]


def _words(kind: str) -> str:
    declared = kinds.KINDS.get(kind)
    return str(declared.words) if declared else kind


def _short(code: str) -> str:
    return f"{code[:12]}…" if len(code) > 30 else code


def _fact(name: str, value: Any) -> str:
    if isinstance(value, dict):
        value = ", ".join(f"{key} {number}" for key, number in sorted(value.items()))
    if isinstance(value, str):
        value = _short(value)
    words = {"name": kinds.FIELD_WORDS.get(name, name), "value": value}
    return _("%(name)s: %(value)s") % words
