"""Reads the environment and says in one plain line which variable is wrong."""

import importlib.util
import zoneinfo
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
WORDS = {True: ("true", "yes", "on", "1"), False: ("false", "no", "off", "0")}


def secret_key() -> str:
    """SECRET_KEY: signs cookies and codes, and has no safe default."""
    value = env.str("SECRET_KEY", default="")
    if not value:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to a long random string in the environment."
        )
    if len(value) < 50:
        raise ImproperlyConfigured("SECRET_KEY is too short. Set it to at least 50 random characters.")
    return value


def public_url() -> str:
    """PUBLIC_URL: the address that people type; cookies, redirects and every link in a letter follow it."""
    value = env.str("PUBLIC_URL", default="").rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        said = f"“{value}” is not an address" if value else "is not set"
        raise ImproperlyConfigured(
            f"PUBLIC_URL {said}. Write it as people type it, https://samvad.example.org."
        )
    if parts.path or parts.query or parts.fragment:
        raise ImproperlyConfigured("PUBLIC_URL must end after the host: https://samvad.example.org.")
    return value


def yes_or_no(name: str, *, default: bool) -> bool:
    """A switch; raises ImproperlyConfigured with its name for anything but yes and no."""
    value = env.str(name, default="").strip().lower()
    for meant, words in WORDS.items():
        if value in words:
            return meant
    if value:
        raise ImproperlyConfigured(f"{name} must be true or false, not “{value}”.")
    return default


def whole_number(name: str, *, default: int) -> int:
    """A number; raises ImproperlyConfigured with its name for anything else."""
    value = env.str(name, default="").strip()
    if value and not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{value}”.")
    return int(value) if value else default


def data_dir(default: Path) -> Path:
    """DATA_DIR: the folder for everything that is kept in files; made when it is not there."""
    folder = Path(env.str("DATA_DIR", default=str(default)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR names “{folder}”, which cannot be made: {error.strerror}."
        ) from None
    return folder


def time_zone(default: str) -> str:
    """TIME_ZONE: in which dates and hours are shown."""
    value = env.str("TIME_ZONE", default=default)
    if value not in zoneinfo.available_timezones():
        raise ImproperlyConfigured(
            f"TIME_ZONE names “{value}”, which is no time zone. Write Asia/Kolkata or UTC."
        )
    return value


def log_level(default: str) -> str:
    """LOG_LEVEL: how much is said."""
    value = env.str("LOG_LEVEL", default=default).upper()
    if value not in LEVELS:
        raise ImproperlyConfigured(f"LOG_LEVEL must be one of {', '.join(LEVELS)}, not “{value}”.")
    return value


def databases(data: Path) -> dict[str, Any]:
    """SQLite in `DATA_DIR` by default, PostgreSQL when DATABASE_URL says so; MIGRATE_DATABASE_URL for migrations."""
    url = env.str("DATABASE_URL", default="")
    if not url:
        return {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": data / "samvad.sqlite3",
                "ATOMIC_REQUESTS": False,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
                },
            }
        }
    try:
        parsed = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except Exception:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read. Write postgres://user:password@host:5432/name, with signs such as @ or / "
            "in the password as %40 and %2F."
        ) from None
    if parsed.get("ENGINE") != "django.db.backends.postgresql" or not parsed.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgres:// and end with a name; leave it out to use SQLite."
        )
    return {"default": {**parsed, "ATOMIC_REQUESTS": False}}


def caches() -> dict[str, Any]:
    """Redis when REDIS_URL is set, else a cache in this process."""
    url = env.str("REDIS_URL", default="")
    if not url:
        place = "django.core.cache.backends.locmem.LocMemCache"
        return {"default": {"BACKEND": place, "OPTIONS": {"MAX_ENTRIES": 10_000}}}
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("REDIS_URL must begin with redis:// or rediss://.")
    return {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}}


def broker(data: Path) -> dict[str, Any]:
    """Celery's broker: Redis when REDIS_URL is set, else files below `DATA_DIR`."""
    url = env.str("REDIS_URL", default="")
    if url:
        return {"CELERY_BROKER_URL": url, "CELERY_BROKER_TRANSPORT_OPTIONS": {"visibility_timeout": 600}}
    folder = data / "broker"
    for name in ("queue", "control", "processed"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "CELERY_BROKER_URL": "filesystem://localhost",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(folder / "queue"),
            "data_folder_out": str(folder / "queue"),
            "control_folder": str(folder / "control"),
            "processed_folder": str(folder / "processed"),
        },
    }


def mail() -> dict[str, Any]:
    """Mail by SMTP when MAIL_URL is set, else to the console.

    `smtp://user:password@host:25`, `smtp+tls://…:587` (STARTTLS) or `smtps://…:465`.
    """
    url = env.str("MAIL_URL", default="")
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    usual = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    try:
        parts = urlsplit(url)
        port = parts.port or usual.get(parts.scheme)
    except ValueError:
        parts, port = urlsplit(""), None
    if not parts.hostname or port is None:
        raise ImproperlyConfigured(
            "MAIL_URL cannot be read. Write smtp://user:password@host:port, with smtp+tls:// or smtps:// for "
            "an encrypted line, and signs such as @ or / in the password as %40 and %2F."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def sms_url() -> str:
    """SMS_URL: where text messages with codes go; without it none are offered."""
    value = env.str("SMS_URL", default="")
    parts = urlsplit(value)
    whole = (parts.scheme in ("http", "https") and parts.hostname) or (parts.scheme == "file" and parts.path)
    if value and not whole:
        raise ImproperlyConfigured(
            "SMS_URL must be https://TOKEN@gateway.example/send, or file:///folder to write text messages into files."
        )
    return value


def storages() -> dict[str, Any]:
    """Local files by default; another storage class by STORAGE_BACKEND. ELASTICSEARCH_URL is refused in words."""
    if env.str("ELASTICSEARCH_URL", default=""):
        raise ImproperlyConfigured(
            "ELASTICSEARCH_URL is set, but the Elasticsearch engine is not there yet. "
            "Unset it: search runs on the database."
        )
    backend = env.str("STORAGE_BACKEND", default="django.core.files.storage.FileSystemStorage")
    if "." not in backend or not _is_there(backend.rpartition(".")[0]):
        raise ImproperlyConfigured(
            f"STORAGE_BACKEND names “{backend}”, which is not installed. Write a class, package.module.Class."
        )
    return {
        "default": {"BACKEND": backend},
        "staticfiles": {"BACKEND": "portal.static_files.ReleasedFiles"},
    }


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False
