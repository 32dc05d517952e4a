"""Wagtail keeps its own log of pages, images, settings; each entry of it is a line of the audit stream as well."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry, PageLogEntry

from foundation import audit

TOLD = {"audited": True}
"""`log(thing, act, data=TOLD)`: the service has written its own line, so the entry makes none."""


@receiver(post_save, sender=PageLogEntry)
@receiver(post_save, sender=ModelLogEntry)
def mirror(sender: type[Any], instance: Any, created: bool, raw: bool = False, **more: Any) -> None:
    """The act, who did it, and the key of the thing. Titles, comments and what was typed stay in Wagtail's log."""
    if raw or not created or instance.data.get("audited"):
        return
    if isinstance(instance, PageLogEntry):
        thing = f"page:{instance.page_id}"
    else:
        kind = instance.content_type
        thing = f"{kind.app_label}.{kind.model}:{instance.object_id}" if kind else "gone"
    audit.write(instance.action, by=instance.user_id, thing=thing, revision=instance.revision_id)
