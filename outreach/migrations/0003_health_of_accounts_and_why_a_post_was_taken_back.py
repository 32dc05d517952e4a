"""How each account is, and why a post was taken back."""

from importlib import import_module

from django.db import migrations, models
from django.db.models import F


def token_as_old_as_the_account(apps, schema_editor):
    """Nobody wrote down when a token was given: it is as old as the account, until a new one is given."""
    accounts = apps.get_model("outreach", "ChannelAccount").objects.exclude(sealed_token="")
    accounts.update(token_at=F("connected_at"))


def frozen_again(apps, schema_editor):
    """SQLite built the table of deliveries anew, without the triggers of the migration before."""
    before = import_module("outreach.migrations.0002_approved_words_are_frozen")
    for refusal in before.Migration.operations:
        refusal.database_forwards("outreach", schema_editor, None, None)


class Migration(migrations.Migration):
    dependencies = [("outreach", "0002_approved_words_are_frozen")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, frozen_again),
        migrations.AddField("channelaccount", "last_error_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddField("channelaccount", "failures", models.PositiveSmallIntegerField(default=0, editable=False)),
        migrations.AddField("channelaccount", "ill_since", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddField("channelaccount", "check_due_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddField("channelaccount", "token_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddField("channelaccount", "token_expires_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AlterField(
            "channelaccount",
            "health_at",
            models.DateTimeField(blank=True, help_text="When it worked last", null=True),
        ),
        migrations.AddField("delivery", "withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddField(
            "delivery",
            "withdrawn_reason",
            models.CharField(
                blank=True,
                choices=[
                    ("mistake", "It held a mistake"),
                    ("outdated", "It was no longer true"),
                    ("wrong_place", "It stood on the wrong account"),
                    ("rights", "It touched somebody's rights"),
                    ("not_ours", "It did not come from us"),
                ],
                editable=False,
                max_length=20,
            ),
        ),
        migrations.RunPython(token_as_old_as_the_account, migrations.RunPython.noop),
        migrations.RunPython(frozen_again, migrations.RunPython.noop),
    ]
