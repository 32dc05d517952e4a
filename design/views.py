"""The living page `/design/`: every component in every state, for those who build pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from design import samples


def page(request: HttpRequest) -> HttpResponse:
    """The living page; only with DEBUG or the setting DESIGN_PAGE, else 404."""
    if not (settings.DEBUG or getattr(settings, "DESIGN_PAGE", False)):
        raise Http404
    return render(request, "design/page.html", samples.everything())
