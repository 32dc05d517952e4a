"""The roof: settings, addresses, the Celery application and the wiring of the house.

Floor: roof; it imports every room and no room imports it.
Door: `manage.py`, `portal.wsgi` and `portal.celery`.
"""

from foundation import garbage
from portal.celery import app as celery_app

garbage.look_seldom()  # every program of the house comes in here

__all__ = ["celery_app"]
