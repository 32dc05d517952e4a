"""The door's start: every letter is found once, and the rooms below are heard."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from notifications import receivers, wagtails_own
        from notifications.letters import letters

        letters.discover("notifications.letters")
        wagtails_own.silence()
        self.hears = receivers
