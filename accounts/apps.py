"""The threshold's start: every verification method is found once."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.verification.base import methods

        methods.discover("accounts.verification")
