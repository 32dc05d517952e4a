"""The addresses: one API for each version, described at `openapi.json` and, in words, on the pages of help."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, re_path, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema

from api import conf, freshness, routes
from api.asking import ByNetwork
from api.endpoints import contributions
from api.nouns import nouns
from foundation.errors import NotFound, PortalError

app_name = "api"


class Version(NinjaAPI):
    """One version of the API, below the room's own namespace, where ninja does not look for its root."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.described: dict[str, OpenAPISchema] = {}

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        return reverse(f"{app_name}:{self.urls_namespace}:api-root", kwargs=path_params)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description, made once in a process: it follows from the code and from where the API stands alone."""
        place = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        if place not in self.described:
            self.described[place] = super().get_openapi_schema(path_prefix=place)
        return self.described[place]

    def create_response(self, request: HttpRequest, data: Any, **how: Any) -> HttpResponse:
        return freshness.conditional(request, super().create_response(request, data, **how))


v1 = Version(
    title="Samvad",
    version="1",
    description="What agencies ask, what people said, what was answered. Reading needs no key. No person is in it.",
    urls_namespace="v1",
    docs_url=None,
    openapi_url="/openapi.json",
    throttle=[ByNetwork(conf.rate())],
)
for noun in nouns.values():
    own = Router(tags=[noun.key])
    routes.add(own, noun)
    v1.add_router("", own)
v1.add_router("", contributions.of_one)


@v1.exception_handler(PortalError)
def in_words(request: HttpRequest, error: PortalError) -> HttpResponse:
    """Our own errors in words, with their status."""
    # Django's LocaleMiddleware leads a 404 on to a page in the reader's language, if the addresses know languages:
    # these here do not, so a program gets its answer.
    request.urlconf = __name__
    said = {"title": str(error.title), "message": str(error)}
    return v1.create_response(request, said, status=error.page_status)


@v1.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which parameter cannot be read, and why; what was sent is not repeated."""
    wrong = "; ".join(f"{found['loc'][-1]}: {found['msg']}" for found in error.errors)
    return v1.create_response(request, {"title": _("We could not read that"), "message": wrong}, status=422)


@v1.exception_handler(Throttled)
def too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
    """429 in words; when to come again stands in `Retry-After`, in seconds."""
    message = _("One network may ask %(rate)s times. Please wait, or take a whole list as CSV or NDJSON.")
    said = {"title": _("Too many questions"), "message": message % {"rate": conf.rate()}}
    response = v1.create_response(request, said, status=429)
    response["Retry-After"] = "60"
    return response


def nothing_here(request: HttpRequest) -> HttpResponse:
    """404 in words for whatever else is asked below this address."""
    return in_words(
        request,
        NotFound(_("There is nothing at this address. The API is described at /api/ and in openapi.json.")),
    )


def to_help(request: HttpRequest) -> HttpResponse:
    """To the pages of help in the reader's language; whoever asks for no language gets the site's own."""
    response = HttpResponseRedirect(reverse("data:index"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


patterns, kind, version = v1.urls
root = path("", to_help, name="api-root")
"""Ninja's own root would lead to a page with scripts, which is not there."""
patterns = [root if getattr(pattern, "name", "") == root.name else pattern for pattern in patterns]
urlpatterns = [
    path("", to_help, name="index"),
    path("v1/docs", to_help, name="docs"),
    path("v1/", (patterns, kind, version)),
    re_path("", nothing_here, name="nothing_here"),
]
