"""The addresses: one API for each version, described at `openapi.json`; there is no page that runs scripts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path, reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from api import conf
from api.asking import ByNetwork
from api.endpoints import consultations, contributions
from foundation.errors import NotFound, PortalError

app_name = "api"


class Version(NinjaAPI):
    """One version of the API, below the room's own namespace, where ninja does not look for its root."""

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        return reverse(f"{app_name}:{self.urls_namespace}:api-root", kwargs=path_params)


v1 = Version(
    title="Samvad",
    version="1",
    description="Consultations and published contributions. Reading needs no key. No person is in it.",
    urls_namespace="v1",
    docs_url=None,
    openapi_url="/openapi.json",
    throttle=[ByNetwork(conf.rate())],
)
v1.add_router("/consultations", consultations.router)
v1.add_router("/consultations", contributions.router)


@v1.exception_handler(PortalError)
def in_words(request: HttpRequest, error: PortalError) -> HttpResponse:
    """Our own errors in words, with their status."""
    # Django's LocaleMiddleware leads a 404 on to a page in the reader's language, if the addresses know languages:
    # these here do not, so a program gets its answer.
    request.urlconf = __name__
    said = {"title": str(error.title), "message": str(error)}
    return v1.create_response(request, said, status=error.page_status)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """404 in words for whatever else is asked below this address."""
    return in_words(
        request, NotFound(_("There is nothing at this address. The API is described at openapi.json."))
    )


patterns, kind, version = v1.urls
root = path("", nothing_here, name="api-root")
"""Ninja's own root would lead to a page with scripts, which is not there."""
patterns = [root if getattr(pattern, "name", "") == root.name else pattern for pattern in patterns]
urlpatterns = [
    path("v1/", (patterns, kind, version)),
    re_path("", nothing_here, name="nothing_here"),
]
