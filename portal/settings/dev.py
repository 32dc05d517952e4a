"""For a developer's machine and for `make demo`: embedded, on loopback, with a key that is not secret.

Letters are not sent: without MAIL_URL they stand in a folder, and the page /mailbox/ shows them.
"""

import os

os.environ.setdefault("SECRET_KEY", "not-secret-for-one-machine-only-" + "x" * 32)
os.environ.setdefault("PUBLIC_URL", f"http://localhost:{os.environ.get('PORT') or 8000}")

from portal.demo.secret import TOTP_SECRET
from portal.settings.base import *

DEBUG = yes_or_no("DEBUG", default=False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
DEMO_TOTP_SECRET = TOTP_SECRET
OWNER_NAME = OWNER_NAME or "Nadipur Regional Government"
if not env.str("MAIL_URL", default=""):
    MAILBOX_DIR = EMAIL_FILE_PATH = str(DATA_DIR / "mailbox")
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
