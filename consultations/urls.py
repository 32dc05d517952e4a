from django.urls import URLPattern, path

from consultations.views.answers import answers
from consultations.views.index import index, outcomes
from consultations.views.respond import respond
from consultations.views.voice import find_voice, voice
from consultations.views.withdraw import withdraw

app_name = "consultations"
urlpatterns: list[URLPattern] = [
    path("consultations/", index, name="index"),
    path("consultations/upcoming/", index, {"view": "upcoming"}, name="upcoming"),
    path("consultations/closed/", index, {"view": "closed"}, name="closed"),
    path("consultations/overdue/", index, {"view": "overdue"}, name="overdue"),
    path("consultations/answered/", index, {"view": "answered"}, name="answered"),
    path("consultations/<uuid:key>/answers/", answers, name="answers"),
    path("consultations/<uuid:key>/answer/<int:phase>/", respond, name="respond"),
    path("outcomes/", outcomes, name="outcomes"),
    path("voice/", find_voice, name="find_voice"),
    path("voice/<str:code>/", voice, name="voice"),
    path("voice/<str:code>/take-back/", withdraw, name="withdraw"),
]
