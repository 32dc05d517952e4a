"""For tests: fast hashes, plain static files, mail kept in memory, the outside closed."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 48)
os.environ.setdefault("PUBLIC_URL", "http://localhost:8000")
if os.environ.get("REDIS_URL") and os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0":
    # Tests that run side by side empty their cache: each process has a database of Redis to itself.
    os.environ["REDIS_URL"] = (
        f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{os.environ['PYTEST_XDIST_WORKER'][2:]}"
    )

from portal.settings.base import *

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
PAGE_CACHE_SECONDS = 0
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
OWNER_NAME = "Nadipur Regional Government"
# Wagtail's own search, of the admin alone: a test that looks there asks for it.
WAGTAILSEARCH_BACKENDS["default"]["AUTO_UPDATE"] = False
