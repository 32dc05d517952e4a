"""To people of one agency, everything of another is as foreign as to Greta: whatever their role at their own."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.holds.addresses import OURS, ROWS, WHO, everybody, nothing
from tests.holds.living import Living
from tests.holds.neighbours import Neighbours
from tests.holds.sent import SENT, Sent
from tests.holds.test_every_url import said
from tests.holds.test_every_url_by_post import NOTED, REFUSED, post, wrong
from tests.people import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine, pytest.mark.xdist_group("two agencies")]
OURS_AT_THEIRS, THEIRS_AT_OURS = "our people at theirs", "their people at ours"


# Both agencies are made by the same lines, one after the other: one tries it the other way round, too.
@pytest.mark.parametrize(
    ("who", "direction"),
    [(who, THEIRS_AT_OURS) for who in OURS] + [("moderator", OURS_AT_THEIRS)],
)
def test_what_belongs_to_another_agency_is_foreign(both: Neighbours, who: str, direction: str):
    at_home, abroad = both.ours, both.theirs
    if direction == THEIRS_AT_OURS:
        at_home, abroad = abroad, at_home
    browser = signed_in(at_home.people[WHO[who]])
    browser.raise_request_exception = False
    found = []
    for name, (row, places) in ROWS.items():
        if places is nothing or row == everybody():  # what strangers read is foreign to nobody
            continue
        with translation.override("en"):
            answered = said(browser.get(reverse(name, kwargs=places(abroad))))
        if answered not in (REFUSED if row["other"] in REFUSED else (row["other"],)):
            found.append(f"GET {name}: {answered}, not {row['other']}")
    for name, sent in SENT.items():
        answered, changed = post(abroad, name, sent, browser)
        if not has_a_place(name, sent) and "other" not in sent.may:
            # The desk is their own, and what the form names is not: it comes back, and nothing is done.
            line = f"{name}: {answered}, changed {sorted(changed)}" if changed - NOTED else ""
        else:
            line = wrong(name, sent, "other", answered, changed)
        found += [f"POST {line}"] if line else []
    assert not found, f"{who}, {direction}:\n" + "\n".join(found)


def has_a_place(name: str, sent: Sent) -> bool:
    """Does the address name a thing?"""
    return (sent.places or ROWS[name][1]) is not nothing


def test_both_have_one_of_everything_of_their_own(both: Neighbours):
    """Else nothing would be foreign."""

    def things(site: Living) -> list[object]:
        return [site.open, site.answered, site.idea, site.case, site.run, site.theme, site.outcome, site.post,
                site.account, site.delivery, site.stop, site.reader, site.waiting]  # fmt: skip

    assert both.ours.agency != both.theirs.agency
    assert not [
        one for one, other in zip(things(both.ours), things(both.theirs), strict=True) if one == other
    ]
