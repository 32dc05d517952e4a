from django.urls import URLPattern, path

from consultations.views.answers import answers
from consultations.views.card import card
from consultations.views.check import check
from consultations.views.feeds import calendar, dates, feed
from consultations.views.index import index, outcomes
from consultations.views.respond import respond
from consultations.views.step import step
from consultations.views.voice import find_voice, voice
from consultations.views.withdraw import withdraw

app_name = "consultations"
urlpatterns: list[URLPattern] = [
    path("consultations/", index, name="index"),
    path("consultations/upcoming/", index, {"view": "upcoming"}, name="upcoming"),
    path("consultations/closed/", index, {"view": "closed"}, name="closed"),
    path("consultations/overdue/", index, {"view": "overdue"}, name="overdue"),
    path("consultations/answered/", index, {"view": "answered"}, name="answered"),
    path("consultations/feed.atom", feed, name="feed"),
    path("consultations/of/<slug:agency>/feed.atom", feed, name="agency_feed"),
    path("consultations/about/<slug:topic>/feed.atom", feed, name="topic_feed"),
    path("consultations/calendar.ics", calendar, name="calendar"),
    path("consultations/of/<slug:agency>/calendar.ics", calendar, name="agency_calendar"),
    path("consultations/about/<slug:topic>/calendar.ics", calendar, name="topic_calendar"),
    path("consultations/<uuid:key>/card/<str:seal>.png", card, name="card"),
    path("consultations/<uuid:key>/dates.ics", dates, name="dates"),
    path("consultations/<uuid:key>/answers/", answers, name="answers"),
    path("consultations/<uuid:key>/answer/<int:phase>/", respond, name="respond"),
    path("consultations/<uuid:key>/answer/<int:phase>/<int:step>/", step, name="step"),
    path("consultations/<uuid:key>/answer/<int:phase>/check/", check, name="check"),
    path("outcomes/", outcomes, name="outcomes"),
    path("voice/", find_voice, name="find_voice"),
    path("voice/<str:code>/", voice, name="voice"),
    path("voice/<str:code>/take-back/", withdraw, name="withdraw"),
]
