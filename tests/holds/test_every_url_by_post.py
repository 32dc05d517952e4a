"""Every address that takes a POST does what is sent for those who may, and changes no row for anybody else.

What is done stands in the audit stream: a line of codes for each act, and at the desk who did it.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Person
from foundation import audit
from tests.holds.addresses import BACK, ON, ROWS, SIGN_IN, WHO
from tests.holds.living import Living
from tests.holds.rows_changed import digests, tables_changed
from tests.holds.sent import SENT, Sent
from tests.holds.test_every_url import said
from tests.people import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine, pytest.mark.xdist_group("every post")]
REFUSED = (SIGN_IN, BACK, 403, 404, 405)
NOTED = {
    "django_session",
    "accounts_opensession",
    "accounts_tally",
    "consultations_draft",
    "consultations_draftpart",
}
"""Where it is noted that somebody is there, guesses, or has typed something: no row of what people said or do."""


Line = tuple[str, int | None, str, dict[str, Any]]
CODE = re.compile(r"[\w.:/@+-]*")


class Written(list[Line]):
    """The lines of the audit stream, as they would be written after a commit."""

    def __call__(self, act: str, *, by: int | None, thing: str, **facts: Any) -> None:
        self.append((act, by, thing, facts))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Written:
    """Catches what is written down while a form is sent."""
    lines = Written()
    monkeypatch.setattr(audit, "write", lines)
    return lines


def unwritten(name: str, changed: set[str], lines: Written, somebody: Person | None) -> str:
    """What the audit stream lacks, says twice or says in words of an act that was done; empty when all is there."""
    acts = [(act, thing) for act, _by, thing, _facts in lines]
    if not changed - NOTED:
        return ""
    if not lines:
        return f"{name}: no line of audit"
    if somebody is not None and ":" not in name and somebody.pk not in {by for _act, by, *_rest in lines}:
        return f"{name}: nobody is said to have done {acts}"
    if len({repr(line) for line in lines}) < len(lines):
        return f"{name}: said twice in {acts}"
    worded = [facts for *_rest, facts in lines if not all(map(is_code, facts.values()))]
    return f"{name}: words in {worded}" if worded else ""


def is_code(value: Any) -> bool:
    """Is this a code, a count, a key or a list of such, and not words?"""
    if isinstance(value, list | tuple | set):
        return all(map(is_code, value))
    return value is None or isinstance(value, int | float) or bool(CODE.fullmatch(str(value)))


def post(
    here: Living, name: str, sent: Sent, reader: Client, written: list[Any] | None = None
) -> tuple[int | str, set[str]]:
    """The answer to a reader's filled form and the tables that it changed, at its moment; all is taken back."""
    with transaction.atomic():
        if sent.before:
            sent.before(here)
        words = sent.words(here)
        with translation.override("en"):
            address = reverse(name, kwargs=sent.place(name, here))
        browser = Client(raise_request_exception=False)
        browser.cookies.update(reader.cookies)
        if written is not None:
            written.clear()
        answer, changed = tables_changed(lambda: browser.post(address, words))
        transaction.set_rollback(True)
    return said(answer), changed


def wrong(name: str, sent: Sent, who: str, answered: int | str, changed: set[str]) -> str:
    """What is not as the row says; empty when all is."""
    if who in sent.may:
        done = bool(changed) and (isinstance(answered, str) or answered < 400)
        return "" if done else f"{name}: {who} may, and got {answered}"
    if changed - NOTED:
        return f"{name}: {who} may not, got {answered} and changed {sorted(changed)}"
    if who in sent.told:
        return "" if isinstance(answered, str) or answered < 500 else f"{name}: {who} got {answered}"
    return "" if answered in REFUSED else f"{name}: {who} was not turned away but got {answered}"


def everything_of(who: str, here: Living, ask: Callable[[str, Sent], str]) -> str:
    """All that is wrong, a line each; also when rows are left changed after all was taken back."""
    before = digests()
    found = [line for name, sent in SENT.items() if (line := ask(name, sent))]
    after = digests()
    found += [f"rows of {table} are not as before" for table in before if before[table] != after[table]]
    return "\n".join(found)


@pytest.mark.parametrize("who", WHO)
def test_what_is_sent_is_done_for_those_who_may_and_for_nobody_else(here: Living, who: str, written: Written):
    somebody = here.people.get(WHO[who])
    reader = signed_in(somebody)

    def ask(name: str, sent: Sent) -> str:
        answered, changed = post(here, name, sent, reader, written)
        found = wrong(name, sent, who, answered, changed)
        return found or (unwritten(name, changed, written, somebody) if who in sent.may else "")

    assert not (found := everything_of(who, here, ask)), found


@pytest.mark.parametrize("who", ["anonymous", "citizen", "admin", "root", "editor", "press"])
def test_an_address_that_takes_a_post_has_a_row(here: Living, who: str):
    """Those without one answer 405, lead on or turn away, and change nothing."""
    found, reader = [], signed_in(here.people.get(WHO[who]))
    for name, (row, places) in ROWS.items():
        if name in SENT:
            continue
        answered, changed = post(here, name, Sent((), places=places), reader)
        leads_on = answered == ON and row[who] in (ON, 404)
        if changed - NOTED or not (leads_on or answered in (*REFUSED, 301)):
            found.append(f"{name}: {answered}, {sorted(changed)}")
    assert not found, "\n".join(found)


def test_no_row_is_without_an_address():
    assert set(SENT) <= set(ROWS)
