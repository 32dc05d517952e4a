"""A line of the log is one JSON object, with the facts in it and no line break that a person could smuggle in."""

import json
import logging

from foundation import audit
from portal.logs import JsonLines


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
