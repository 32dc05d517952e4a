"""Take everything along that this house holds of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.download import pack
from accounts.models import Person
from accounts.views.careful import carefully
from foundation import clock


@never_cache
@carefully
@require_safe
def my_data(request: HttpRequest, person: Person) -> HttpResponse:
    """Says what is in the file, and what is not."""
    return render(request, "accounts/my_data.html")


@never_cache
@carefully
@require_safe
def download(request: HttpRequest, person: Person) -> HttpResponse:
    """The file itself, made at this moment and kept nowhere."""
    answer = HttpResponse(pack(person, now=clock.now()), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="samvad-my-data.zip"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
