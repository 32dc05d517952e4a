"""The door's start: every letter is found once, and the rooms below are heard."""

from importlib import import_module

from django.apps import AppConfig, apps


class NotificationsConfig(AppConfig):
    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from notifications import receivers, wagtails_own
        from notifications.letters import letters

        letters.discover("notifications.letters")
        if apps.is_installed("outreach"):
            letters.discover("notifications.letters.outreach")
            import_module("notifications.hears_outreach")
        if apps.is_installed("ideas"):
            letters.discover("notifications.letters.ideas")
            import_module("notifications.hears_ideas")
        if apps.is_installed("analysis"):
            letters.discover("notifications.letters.analysis")
            import_module("notifications.hears_analysis")
        wagtails_own.silence()
        self.hears = receivers
