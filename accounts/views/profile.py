"""Name, and language of letters."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import ProfileForm
from accounts.models import Person
from accounts.services.profile import change_profile
from accounts.views.careful import carefully


@never_cache
@carefully
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, person: Person) -> HttpResponse:
    """Shows and changes how we address somebody."""
    initial = {"name": person.get_full_name(), "language": person.language}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        change_profile(person, name=form.cleaned_data["name"], language=form.cleaned_data["language"])
        messages.success(request, _("It is saved."))
        return redirect("accounts:home")
    return render(request, "accounts/profile.html", {"form": form})
