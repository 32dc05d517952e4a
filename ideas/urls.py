"""Addresses below /ideas/."""

from django.urls import path

from ideas.views import comment, detail, follow, index, propose, support

app_name = "ideas"
urlpatterns = [
    path("", index.index, name="index"),
    path("propose/", propose.choose, name="choose"),
    path("propose/<int:question>/", propose.propose, name="propose"),
    path("<uuid:key>/", detail.detail, name="detail"),
    path("<uuid:key>/support/", support.support, name="support"),
    path("<uuid:key>/follow/", follow.follow, name="follow"),
    path("<uuid:key>/comment/", comment.comment, name="comment"),
]
