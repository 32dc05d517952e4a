"""Wagtail's sample groups and sample workflow go: nobody holds *publish*, and approval has one way."""

from django.db import migrations


def remove_samples(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=["Moderators", "Editors"]).delete()
    apps.get_model("wagtailcore", "WorkflowPage").objects.all().delete()
    apps.get_model("wagtailcore", "WorkflowTask").objects.all().delete()
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").delete()
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").delete()
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(permission__codename="publish_page").delete()


class Migration(migrations.Migration):
    # checked: these are Wagtail's own samples, made by its migrations a moment ago on an empty database
    dependencies = [
        ("consultations", "0002_events_are_only_added"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailadmin", "0005_editingsession_is_editing"),
    ]

    operations = [migrations.RunPython(remove_samples, migrations.RunPython.noop)]
