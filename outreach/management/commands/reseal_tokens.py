"""`manage.py reseal_tokens`: after a new key was put first in TOKEN_KEYS, seals every token under it."""

from typing import Any

from django.core.management.base import BaseCommand

from outreach import services


class Command(BaseCommand):
    help = "Seals the tokens of all accounts under the newest of TOKEN_KEYS. The old key can go afterwards."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{services.reseal_tokens()} tokens are sealed under the newest key.")
