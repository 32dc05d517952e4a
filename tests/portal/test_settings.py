"""Settings are safe as they come, and a wrong variable stops the start with its name."""

import os
import re
import runpy
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import dateformat, formats, timezone, translation

from foundation import clock
from portal.settings.environment import caches

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "PATH": os.environ["PATH"],
    "DJANGO_SETTINGS_MODULE": "portal.settings.base",
    "SECRET_KEY": "kqW8-eM2xT5vB9nL4rJ7yH1sD6gF3aZ0cPuQ-oIiVbXtRwKm",
    "PUBLIC_URL": "https://samvad.example.org",
    "PYTHONWARNINGS": "ignore",
}
GOOD["SECRET_KEY"] += "-and-some-more"


def start(tmp_path: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Python with production's settings and these variables; an empty one is as if it were not there."""
    env = {**GOOD, "DATA_DIR": str(tmp_path / "data"), **environment}
    words = words or ("-c", "from django.conf import settings; settings.DEBUG")
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=120
    )


def test_the_deployment_check_has_nothing_to_say(tmp_path: Path) -> None:
    checked = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "DEBUG")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "", "is not set"),
        ("SECRET_KEY", "short", "too short"),
        ("PUBLIC_URL", "", "is not set"),
        ("PUBLIC_URL", "samvad.example.org", "is not an address"),
        ("PUBLIC_URL", "https://samvad.example.org/portal", "must end after the host"),
        ("DATABASE_URL", "mysql://a:b@c/d", "must begin with postgres://"),
        ("DATABASE_URL", "postgres://a:b@c:5432/", "end with a name"),
        ("DATABASE_URL", "postgres://a:se/cret@c:x/d", "cannot be read"),
        ("REDIS_URL", "localhost:6379", "must begin with redis://"),
        ("MAIL_URL", "mail.example.org", "cannot be read"),
        ("MAIL_URL", "smtp://me:se/cret@mail.example.org", "cannot be read"),
        ("ELASTICSEARCH_URL", "http://localhost:9200", "not there yet"),
        ("STORAGE_BACKEND", "nowhere.Storage", "not installed"),
        ("SECURE_SSL_REDIRECT", "perhaps", "true or false"),
        ("SECURE_HSTS_SECONDS", "a year", "whole number"),
        ("BEHIND_PROXY", "nginx", "true or false"),
        ("CODES_PER_ADDRESS_AND_HOUR", "many", "whole number"),
        ("TIME_ZONE", "Nadipur", "no time zone"),
        ("LOG_LEVEL", "chatty", "must be one of"),
        ("DATA_DIR", "/proc/nothing/here", "cannot be made"),
    ],
)
def test_a_wrong_variable_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    for held in os.environ:
        monkeypatch.delenv(held)
    for given, words in {**GOOD, "DATA_DIR": str(tmp_path / "data"), name: value}.items():
        monkeypatch.setenv(given, words)
    with pytest.raises(ImproperlyConfigured) as told:
        runpy.run_path(str(ROOT / "portal/settings/base.py"))
    assert str(told.value).startswith(f"{name} ")
    assert said in str(told.value)
    shown = "".join(traceback.format_exception(told.value))
    assert "se/cret" not in shown and "cret@" not in shown


def test_a_wrong_variable_stops_the_start_with_its_name(tmp_path: Path) -> None:
    answer = start(tmp_path, PUBLIC_URL="samvad.example.org")
    assert answer.returncode != 0
    last = answer.stderr.strip().splitlines()[-1]
    assert last.startswith(
        "django.core.exceptions.ImproperlyConfigured: PUBLIC_URL “samvad.example.org” is not"
    )


def test_what_is_given_is_taken(tmp_path: Path) -> None:
    code = (
        "from django.conf import settings as s; print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_PASSWORD, "
        "s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, s.SESSION_COOKIE_SECURE, s.ALLOWED_HOSTS, "
        "s.DATABASES['default']['HOST'], s.CELERY_BROKER_URL)"
    )
    answer = start(
        tmp_path,
        "-c",
        code,
        MAIL_URL="smtp+tls://me:p%40ss@mail.example.org",
        DATABASE_URL="postgres://u:p@db.example.org:5433/samvad",
        REDIS_URL="redis://redis.example.org/0",
    )
    assert answer.stdout.split() == [
        "mail.example.org", "587", "p@ss", "True", "False", "True",
        "['samvad.example.org',", "'localhost',", "'127.0.0.1']",
        "db.example.org", "redis://redis.example.org/0",
    ], answer.stderr  # fmt: skip


def test_production_never_shows_its_insides_and_keeps_cookies_safe(tmp_path: Path) -> None:
    code = (
        "from django.conf import settings as s; print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
        "s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS)"
    )
    answer = start(tmp_path, "-c", code, DEBUG="true")
    assert answer.stdout.split() == ["False", "True", "True", "True", "31536000"]


def test_letters_stand_in_a_folder_with_a_page_on_a_developers_machine_alone(tmp_path: Path) -> None:
    code = (
        "import django; django.setup(); from django.conf import settings; from django.urls import reverse; "
        "print(settings.EMAIL_BACKEND.split('.')[-2], reverse('mailbox:index'))"
    )
    dev = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    assert start(tmp_path, "-c", code, **dev).stdout.split() == ["filebased", "/mailbox/"]
    for given in ({}, {**dev, "MAIL_URL": "smtp://mail.example.org"}):
        answer = start(tmp_path, "-c", code, **given)
        assert "'mailbox' is not a registered namespace" in answer.stderr


READS = re.compile(
    r"""(?:env\.(?:str|list|bool|int|url)|environ\.get|environ\.setdefault|getenv|yes_or_no|whole_number)"""
    r"""\(\s*["']([A-Z_]+)["']|environ\[["']([A-Z_]+)["']\]"""
)
NOT_OURS = {"PATH"}


def rooms_files() -> list[Path]:
    folders = [
        "portal",
        "cms",
        "search",
        "api",
        "notifications",
        "ideas",
        "moderation",
        "analysis",
        "outreach",
    ]
    folders += ["consultations", "accounts", "records", "foundation", "design"]
    of_tests = ROOT / "portal" / "settings" / "test.py"
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py") if path != of_tests]


def test_the_reference_lists_every_variable_that_is_read_and_no_other() -> None:
    read = {
        one or two for path in rooms_files() for one, two in READS.findall(path.read_text(encoding="utf-8"))
    } - NOT_OURS
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    tables, _line, of_rooms = page.partition("## What rooms read from settings")
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", tables, re.MULTILINE))
    assert read == listed
    asked = {
        name
        for path in rooms_files()
        for name in re.findall(r"""getattr\(settings, ["']([A-Z_]+)["']""", path.read_text(encoding="utf-8"))
    }
    of_django = {"SECURE_PROXY_SSL_HEADER"}
    assert asked - of_django - listed == set(re.findall(r"^\| `([A-Z_]+)` \|", of_rooms, re.MULTILINE))


def test_the_cache_in_the_process_holds_enough_for_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert caches()["default"]["OPTIONS"]["MAX_ENTRIES"] == 10_000


@pytest.mark.parametrize(
    ("language", "day", "comma"),
    [("en", "5 January 2026", ","), ("hi", "5 जनवरी 2026", ","), ("ar", "5 يناير 2026", "،")],
)
def test_days_are_written_with_the_month_in_words_and_hours_up_to_24(
    language: str, day: str, comma: str
) -> None:
    moment = clock.now().replace(
        year=2026, month=1, day=5, hour=21, minute=7, tzinfo=timezone.get_fixed_timezone(0)
    )
    with translation.override(language):
        assert formats.date_format(moment.date()) == day
        assert formats.date_format(moment, "DATETIME_FORMAT") == f"{day}{comma} 21:07"
        assert dateformat.format(moment, formats.get_format("TIME_FORMAT")) == "21:07"
