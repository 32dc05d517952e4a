"""The database itself refuses changed words of an approved delivery, and an approval of another post."""

from django.db import migrations

from foundation.triggers import RefuseWhen

TABLE = "outreach_delivery"
FROZEN = ("text", "title", "link", "language", "part", "of", "version_id", "account_id", "recipient_key",
          "record_key", "idempotency_key", "approval_id")
CHANGED = " OR ".join(f'NEW."{column}" <> OLD."{column}"' for column in FROZEN)
NOT_OF_THIS_POST = (
    "NEW.approval_id IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM foundation_approval a, outreach_postversion v "
    "WHERE a.id = NEW.approval_id AND v.id = NEW.version_id "
    "AND a.kind = 'post' AND a.thing = CAST(v.post_id AS varchar(200)))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0001_accounts_posts_deliveries_and_what_was_heard"),
        ("foundation", "0002_four_eyes"),
    ]

    operations = [
        RefuseWhen(
            "outreach_delivery_words_are_frozen",
            TABLE,
            event="UPDATE",
            condition=f"OLD.approval_id IS NOT NULL AND NEW.approval_id IS NOT NULL AND ({CHANGED})",
            message="The words of an approved delivery are frozen.",
        ),
        RefuseWhen(
            "outreach_delivery_approved_put_in",
            TABLE,
            event="INSERT",
            condition=NOT_OF_THIS_POST,
            message="This approval is not of this post.",
        ),
        RefuseWhen(
            "outreach_delivery_approved_later",
            TABLE,
            event="UPDATE",
            condition=NOT_OF_THIS_POST,
            message="This approval is not of this post.",
        ),
    ]
