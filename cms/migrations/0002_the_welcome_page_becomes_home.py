"""Wagtail's welcome page becomes our opening page, in place: its key, its site and what lies below it stay."""

from django.conf import settings
from django.db import migrations


def become_home(apps, schema_editor):
    Page, Site = apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "Site")
    ContentType, HomePage = apps.get_model("contenttypes", "ContentType"), apps.get_model("cms", "HomePage")
    plain, _new = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")
    home, _new = ContentType.objects.get_or_create(app_label="cms", model="homepage")
    name = settings.WAGTAIL_SITE_NAME
    for site in Site.objects.filter(is_default_site=True, root_page__content_type=plain):
        key = site.root_page.translation_key
        for page in Page.objects.filter(translation_key=key, content_type=plain, depth=2):
            HomePage(page_ptr_id=page.pk, headline="", lede="", body=[]).save_base(raw=True, force_insert=True)
            Page.objects.filter(pk=page.pk).update(content_type=home, title=name, draft_title=name, live=True)


def become_welcome(apps, schema_editor):
    Page, ContentType = apps.get_model("wagtailcore", "Page"), apps.get_model("contenttypes", "ContentType")
    HomePage = apps.get_model("cms", "HomePage")
    plain, _new = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")
    homes = HomePage.objects.order_by()
    Page.objects.filter(pk__in=list(homes.values_list("pk", flat=True))).update(content_type=plain)
    # checked: the page itself stays as a plain one; only the words of the opening page are dropped.
    homes._raw_delete(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_home_standing_pages_and_news"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(become_home, become_welcome)]
