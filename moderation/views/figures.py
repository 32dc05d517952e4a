"""Moderation in figures: the backlog, how long it takes, what was decided and why, what was flagged and appealed."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from design.words import number
from foundation import clock
from foundation.lines import csv_line
from moderation import queries, reasons
from moderation.veil import FEW, HIDDEN, LEAST, Seen, veiled

KEPT, KEPT_FOR = "moderation.figures", timedelta(minutes=1)
COLUMNS = ("as_of", "agency", "figure", "reason", "number")


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Everybody reads the same page."""
    now, found = counted()
    context = {
        "crumbs": [{"label": _("Moderation in figures"), "url": ""}],
        "now": localtime(now),
        "waiting": number(sum(line.waiting for line in found)),
        "overlong": number(sum(line.overlong for line in found)),
        "tables": [table for table in _tables(found) if table["rows"]],
    }
    return render(request, "moderation/figures.html", context)


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The same figures, one a line."""
    now, found = counted()
    answer = HttpResponse("".join(_lines(now, found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="moderation.csv"'
    return answer


def counted() -> tuple[datetime, list[queries.Figures]]:
    """The figures and their moment: counted at most once in a minute, however many ask."""
    now = clock.now()
    kept = cache.get(KEPT)
    if kept is None or not now - KEPT_FOR < kept[0] <= now:
        kept = (now, queries.figures(now))
        cache.set(KEPT, kept, KEPT_FOR.total_seconds())
    return kept


def in_words(seen: Seen) -> str:
    """A figure as it is shown."""
    if seen == FEW:
        return _("fewer than %(n)d") % {"n": LEAST}
    return _("not shown") if seen == HIDDEN else number(seen)


def lasted(span: timedelta | None) -> str:
    """How long, in hours or minutes."""
    if span is None:
        return _("too few to say")
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 90:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": number(hours)}


def _median(line: queries.Figures) -> timedelta | None:
    return line.median if line.decided >= LEAST else None


def _tables(found: list[queries.Figures]) -> Iterator[dict[str, Any]]:
    yield _table(
        _("What waits now, by agency"),
        [
            _("Waits"),
            _("Beyond the agency's promise"),
            _("For more than 24 hours"),
            _("Half were decided within"),
        ],
        [
            [
                line.agency.name,
                number(line.waiting),
                number(line.late),
                number(line.overlong),
                lasted(_median(line)),
            ]
            for line in found
        ],
    )
    yield _table(
        _("Decisions of the last twelve months"),
        [_("Shown"), _("Not shown"), _("Handed to a colleague"), _("Alarms for somebody's life")],
        [_veiled_row(line, _decisions(line)) for line in found],
    )
    for line in found:
        yield _by_reason(_("%(agency)s: not shown, by reason"), line, line.rejected)
    for line in found:
        yield _by_reason(_("%(agency)s: flagged by readers, by reason"), line, line.flags)
    yield _table(
        _("Looked at by the ombuds moderator"),
        [
            _("Appeals that wait"),
            _("Appeals: the decision stands"),
            _("Appeals: reversed"),
            _("Unasked: stands"),
            _("Unasked: reversed"),
        ],
        [_veiled_row(line, _reviews(line)) for line in found],
    )


def _decisions(line: queries.Figures) -> dict[str, int]:
    return {"shown": line.published, "not_shown": line.refused, "handed_on": line.held, "alarms": line.alarms}


def _reviews(line: queries.Figures) -> dict[str, int]:
    appeals, unasked = line.appeals, line.unasked
    return {
        "appeals_waiting": appeals["waiting"],
        "appeals_upheld": appeals["upheld"],
        "appeals_reversed": appeals["reversed"],
        "unasked_upheld": unasked["upheld"],
        "unasked_reversed": unasked["reversed"],
    }


def _table(caption: str, heads: list[str], rows: list[list[Any]]) -> dict[str, Any]:
    labels = [{"label": _("Agency")}, *({"label": label, "number": True} for label in heads)]
    return {"caption": caption, "heads": labels, "rows": rows, "fold": True}


def _veiled_row(line: queries.Figures, counts: Mapping[str, int]) -> list[Any]:
    return [line.agency.name, *(in_words(seen) for seen in veiled(counts, summed=False).values())]


def _by_reason(caption: str, line: queries.Figures, counts: Mapping[str, int]) -> dict[str, Any]:
    seen = veiled(counts)
    order = sorted(counts, key=lambda code: (-max(counts[code], LEAST), code))
    rows = [[reasons.words_of(code), in_words(seen[code])] for code in order]
    heads = [{"label": _("Reason")}, {"label": _("How often"), "number": True}]
    return {"caption": caption % {"agency": line.agency.name}, "heads": heads, "rows": rows}


def _lines(now: datetime, found: list[queries.Figures]) -> Iterator[str]:
    yield csv_line(COLUMNS)
    for line in found:
        median = _median(line)
        open_now = {"waiting": line.waiting, "late": line.late, "overlong": line.overlong}
        for name, n in open_now.items():
            yield csv_line((now, line.agency.slug, name, "", n))
        minutes = "" if median is None else round(median.total_seconds() / 60)
        yield csv_line((now, line.agency.slug, "median_minutes", "", minutes))
        for name, seen in {
            **veiled(_decisions(line), summed=False),
            **veiled(_reviews(line), summed=False),
        }.items():
            yield csv_line((now, line.agency.slug, name, "", _plain(seen)))
        for figure, counts in (("not_shown", line.rejected), ("flagged", line.flags)):
            for reason, seen in veiled(counts).items():
                yield csv_line((now, line.agency.slug, figure, reason, _plain(seen)))


def _plain(seen: Seen) -> str:
    return {FEW: f"1-{LEAST - 1}", HIDDEN: "hidden"}.get(str(seen), str(seen))
