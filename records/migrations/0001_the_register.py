"""The register: its table, and the database's refusal to change it or to add a line out of place."""

import django.core.serializers.json
from django.db import migrations, models

from foundation.triggers import AppendOnly, RefuseWhen

DOES_NOT_FOLLOW = """
    NEW.prev_hash <> COALESCE((SELECT r.hash FROM records_record r WHERE r.seq = NEW.seq - 1), '{genesis}')
    OR (NEW.seq <> 1 AND NOT EXISTS (SELECT 1 FROM records_record r WHERE r.seq = NEW.seq - 1))
""".format(genesis="0" * 64)


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Record',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('agency', models.CharField(blank=True, max_length=80)),
                ('thing', models.CharField(blank=True, max_length=80)),
                ('body', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('at', models.DateTimeField(help_text='To the minute')),
                ('prev_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'ordering': ['seq'],
            },
        ),
        AppendOnly("records_record"),
        RefuseWhen(
            "records_record_follows",
            "records_record",
            condition=DOES_NOT_FOLLOW,
            message="records_record: a line follows on the line before it.",
        ),
    ]
