"""Approvals and writers are append only, and an approver who wrote since the last approval is refused."""

from django.db import migrations

from foundation.triggers import AppendOnly, RefuseWhen

# "Since the last approval" goes by keys, not by clocks. Approvals of these same words do not count as the last one:
# whoever wrote them stays their writer through every further step. The lock is the one of foundation.approvals.
WROTE_SINCE_THE_LAST_APPROVAL = """
    EXISTS (
        SELECT 1 FROM foundation_writer w
        WHERE w.kind = NEW.kind AND w.thing = NEW.thing AND w.person = NEW.approved_by
        AND w.since_approval >= COALESCE((
            SELECT MAX(a.id) FROM foundation_approval a
            WHERE a.kind = NEW.kind AND a.thing = NEW.thing AND a.sha256 <> NEW.sha256
        ), 0)
    )
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]

    operations = [
        AppendOnly("foundation_approval"),
        AppendOnly("foundation_writer"),
        RefuseWhen(
            "foundation_approval_four_eyes",
            "foundation_approval",
            condition=WROTE_SINCE_THE_LAST_APPROVAL,
            message="Four eyes: the approver wrote or changed this since it was last approved.",
            lock="'approval:' || NEW.kind || ':' || NEW.thing",
        ),
    ]
