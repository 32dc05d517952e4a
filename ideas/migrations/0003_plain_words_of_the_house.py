"""The words for finding similar ideas once more, in the one plain form of the house."""

from django.db import migrations

from foundation import normalise

BATCH = 500


def renew(apps, schema_editor):
    """As `ideas.similar.normal` writes them: terms that carry a subject, each once, between spaces."""
    Idea = apps.get_model("ideas", "Idea")
    last = 0
    while batch := list(Idea.objects.filter(pk__gt=last).select_related("contribution").order_by("pk")[:BATCH]):
        for idea in batch:
            said = f"{idea.title} {idea.contribution.text}"
            idea.normal = plain(said, idea.contribution.language) if idea.normal else ""
        Idea.objects.bulk_update(batch, ["normal"])
        last = batch[-1].pk


def plain(text, language):
    folded = [word.folded for word in normalise.words(text) if not normalise.is_stop(word.folded, language)]
    terms = dict.fromkeys(term for word in folded if (term := normalise.stem(word, language)))
    return f" {' '.join(terms)} " if terms else ""


class Migration(migrations.Migration):

    dependencies = [('ideas', '0002_follow')]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
