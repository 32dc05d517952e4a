"""The room's start: it hears when a person is erased."""

from django.apps import AppConfig


class IdeasConfig(AppConfig):
    name = "ideas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ideas import receivers

        self.wired = receivers
