"""The ground's start: each room's `slots.py`, `waits.py` and `listings.py` are read once, and Wagtail's log is heard."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from foundation import wagtails_log  # noqa: F401  (it listens from now on)

        autodiscover_modules("slots", "waits", "listings")
