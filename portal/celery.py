"""The Celery application: an engine that says "look now"; the queue itself is rows in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

app = Celery("samvad")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
