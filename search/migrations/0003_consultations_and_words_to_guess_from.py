"""What belongs to which consultation, for facets; and words to guess from.

Both are filled as entries are put in anew: `manage.py reindex` does it for all.
"""

import importlib

from django.db import migrations, models

words = importlib.import_module("search.migrations.0002_the_words_of_the_database")


class Migration(migrations.Migration):

    dependencies = [("search", "0002_the_words_of_the_database")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, words.make, elidable=False),
        migrations.AddField(
            model_name="searchentry",
            name="consultation",
            field=models.BigIntegerField(blank=True, help_text="Its key: this table is a copy", null=True),
        ),
        migrations.RunPython(words.make, migrations.RunPython.noop, elidable=False),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=24)),
                ("word", models.CharField(db_index=True, help_text="Folded, as entries are compared", max_length=24)),
                ("shown", models.CharField(help_text="As somebody wrote it", max_length=48)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "word"), name="a_word_once_under_a_form")],
            },
        ),
    ]
