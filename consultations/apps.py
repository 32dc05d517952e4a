"""The hall's start: page models learn what services and views do for them."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from consultations import receivers, services
        from consultations.views import pages

        self.wired = (services, receivers, pages)
