"""What every template knows: who reads, whose site this is, which languages it speaks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.middleware import reader as who_reads


def reader(request: HttpRequest) -> dict[str, Any]:
    """`user`, `site_name`, `owner_name`, `phone_line` and `site_languages` for the page frame."""
    return {
        "user": who_reads(request),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "owner_name": settings.OWNER_NAME,
        "phone_line": settings.PHONE_LINE,
        "site_languages": settings.LANGUAGES,
    }
