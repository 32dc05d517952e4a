"""The room's start: sources are found because their files are there, and announcements are heard."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search import receivers
        from search.sources import sources

        sources.discover("search.documents")
        self.wired = receivers
