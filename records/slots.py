"""What the register puts at the foot of every page: the way to it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import slots


def links(request: HttpRequest | None) -> dict[str, Any]:
    """A column of one: the register's page."""
    return {
        "links": [{"url": reverse("records:index"), "label": _("The public register")}],
    }


slots.put("foot.our_side", template="records/_foot.html", order=80, context=links, same=True)
