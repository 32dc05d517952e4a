"""Addresses below /moderation/. The moderators' desk is in the admin (`wagtail_hooks`)."""

from django.urls import path

from moderation.views import policy

app_name = "moderation"
urlpatterns = [path("", policy.policy, name="policy")]
