"""In which language a page is: as its address says, else as the browser asks; no cookie has a say in it."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from portal.middleware import FOR_EVERYBODY


class ByAddressOrBrowser(LocaleMiddleware):
    """Django's own, but the way from `/` to `/hi/` is the same for all whose browsers ask for the same language.

    Only an address that leads nowhere is sought below the language: what a view does not find (a post at the desk, a
    file) stays a plain 404.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Chooses the language of this request."""
        request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leads on from an address without a language, and says upon what the answer depends."""
        bare = not translation.get_language_from_path(request.path_info)
        if bare and response.status_code == 404 and request.resolver_match is not None:
            patch_vary_headers(response, ["Accept-Language"])
            return response
        answer = super().process_response(request, response)
        if answer is not response:
            answer["Vary"] = "Accept-Language"
            answer["Cache-Control"] = FOR_EVERYBODY
        return answer
