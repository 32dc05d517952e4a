"""The house without some of its upper rooms, named by the variable WITHOUT; for `test_without_upper_rooms`."""

import os

from portal.settings import test as whole

globals().update({name: value for name, value in vars(whole).items() if name.isupper()})

MISSING = frozenset(os.environ["WITHOUT"].split())
INSTALLED_APPS = [room for room in whole.INSTALLED_APPS if room not in MISSING]
ROOT_URLCONF = "tests.holds.urls_without"
_FILE = str(whole.DATA_DIR / "samvad.sqlite3")
DATABASES = {"default": {**whole.DATABASES["default"], "NAME": _FILE, "TEST": {"NAME": _FILE}}}
