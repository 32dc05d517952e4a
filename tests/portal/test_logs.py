"""A line of the log is one JSON object, with the facts in it and no line break that a person could smuggle in."""

import json
import logging

import pytest
from wagtail.models import Page

from foundation import audit
from portal.logs import JsonLines
from tests.holds.sent import no_titles
from tests.people import signed_in


def test_a_line_holds_the_facts_and_stays_one_line(commit, caplog, db):
    with caplog.at_level(logging.INFO, logger="audit"), commit():
        audit.write(
            "publish", by=7, thing="contribution:9", reason="two\nlines", name="codes may be called anything"
        )
    (record,) = caplog.records
    written = JsonLines().format(record)
    said = json.loads(written)
    assert (said["act"], said["by"], said["thing"]) == ("publish", 7, "contribution:9")
    assert said["facts"] == {"reason": "two\nlines", "name": "codes may be called anything"}
    assert "\n" not in written


@pytest.mark.django_db
def test_what_stands_in_wagtails_log_is_a_line_too_and_without_words(commit, caplog, root, pavan, esha):
    """Pages, pictures, settings, also what the clock publishes. Where a service says it, it is said once."""
    home = Page.objects.get(depth=2).specific
    with caplog.at_level(logging.INFO, logger="audit"), commit():
        home.title = "A new title"
        home.save_revision(user=root, log_action=True)
        signed_in(pavan).post("/admin/topics/new/", {"title": "Roads", "slug": "roads", **no_titles()})
        signed_in(pavan).post(f"/admin/roles/delete/{esha.memberships.get().pk}/")
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    assert [(line["act"], line["by"], line["thing"].split(":")[0]) for line in lines] == [
        ("wagtail.edit", root.pk, "page"),
        ("wagtail.create", pavan.pk, "consultations.topic"),
        ("dismiss", pavan.pk, "membership"),
    ]
    assert lines[0]["facts"] == {"revision": home.latest_revision_id}
