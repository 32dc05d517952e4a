"""The ground's start: every installed room's `slots.py`, `waits.py` and `listings.py` are read once."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("slots", "waits", "listings")
