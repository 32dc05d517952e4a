"""The room's start: screens are found, reasons get their words, and words that come in are heard of."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from moderation import reasons, receivers

        reasons.announce()
        self.wired = receivers
