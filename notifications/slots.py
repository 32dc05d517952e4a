"""What letters show on one's own page: whether one wants them, and that the last one was refused."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from foundation import slots
from notifications import queries
from notifications.leaving import token_for


def wishes(request: HttpRequest | None, person: Any) -> dict[str, Any] | None:
    """The wish, the way to change it, and whether our last letter came back."""
    if getattr(person, "pk", None) is None:
        return None
    return {
        "wanted": queries.wants_letters(person.pk),
        "refused": queries.refused_last(person.pk),
        "url": reverse("notifications:unsubscribe", args=[token_for(person.pk)]),
        "choose": reverse("notifications:wishes", args=[token_for(person.pk)]),
    }


slots.put("account.home", template="notifications/_wishes.html", order=90, context=wishes)
