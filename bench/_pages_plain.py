"""The yardsticks of `pages`: a site as `wagtail start` makes it, and a bare Django view, on the same PostgreSQL."""

from collections.abc import Mapping
from pathlib import Path

from bench import _house

SETTINGS = """
from plain.settings.base import *
import dj_database_url
DEBUG = False
SECRET_KEY = "not-secret-it-is-measured-and-thrown-away-" + "x" * 20
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": dj_database_url.config(conn_max_age=60)}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WAGTAILADMIN_BASE_URL = "http://localhost"
"""
BARE = """
import os
import dj_database_url
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import path

settings.configure(
    DEBUG=False, SECRET_KEY="x" * 50, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[],
    DATABASES={"default": dj_database_url.config(conn_max_age=60)},
)


def view(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("<!doctype html><title>Bare</title><p>It works.")


urlpatterns = [path("", view)]
application = get_wsgi_application()
"""


def make(home: Path, database: str) -> tuple[Path, Mapping[str, str]]:
    """Makes both below `home`, migrated; gives the folder and the environment to serve them in."""
    where = home / "plain"
    where.mkdir()
    env = _house.plain_environment() | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "plain.settings.bench",
        "PYTHONPATH": str(where),
        "PYTHONWARNINGS": "ignore",
    }
    words = "import sys; from wagtail.bin.wagtail import main; sys.argv = ['wagtail', 'start', 'plain', '.']; main()"
    _house.run(*_house.python("-c", words), env=_house.plain_environment(), cwd=where)
    (where / "plain/settings/bench.py").write_text(SETTINGS)
    (where / "bare.py").write_text(BARE)
    _house.run(*_house.python("manage.py", "migrate", "--verbosity", "0"), env=env, cwd=where)
    return where, env
