"""The threshold's start: every verification method and every room's `own_data` is found once."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from accounts import receivers
        from accounts.verification.base import methods

        methods.discover("accounts.verification")
        receivers.listen()
        autodiscover_modules("own_data")
