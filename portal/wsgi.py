"""The WSGI door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from foundation import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")

application = get_wsgi_application()
garbage.keep_what_stands()
