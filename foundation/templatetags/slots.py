"""`{% load slots %}{% slot "contribution.actions" contribution %}`: the fillings of a named place."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from foundation import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, place: str, *arguments: Any) -> SafeString:
    """Shows what rooms above put into `place`; `{% slot "…" as found %}` keeps it, to ask if it is empty."""
    return slots.render(place, context.get("request"), *arguments, known=_known(context))


def _known(context: Context) -> dict[str, Any] | None:
    """What the context processors gave this page; None where they were not asked."""
    place = getattr(context, "_processors_index", None)
    return context.dicts[place] or None if place is not None else None
