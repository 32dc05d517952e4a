"""The Celery application: an engine that says "look now"; the queue itself is rows in the database."""

import os

from celery import Celery

from foundation import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

garbage.look_seldom()
app = Celery("samvad")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
