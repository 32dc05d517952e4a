"""Files of the register, the same in every language; mounted at /records/."""

from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from records import views

app_name = "record_files"
urlpatterns = [
    path("", require_safe(RedirectView.as_view(pattern_name="records:index")), name="index"),
    path("records.ndjson", views.ndjson, name="ndjson"),
    path("head.txt", views.head, name="head"),
    path("verify.py", views.program, name="verify"),
]
