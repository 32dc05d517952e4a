"""The door's start: nouns are found because their files are there."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from api.nouns import nouns

        nouns.discover("api.endpoints")
