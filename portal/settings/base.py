"""Production-safe settings. Everything that differs between places comes from the environment.

`docs/reference/settings.md` lists each variable. A missing or wrong one stops the start with its name.
"""

from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF

from portal.settings.environment import (
    broker,
    caches,
    data_dir,
    databases,
    env,
    log_level,
    mail,
    public_url,
    secret_key,
    sms_url,
    storages,
    time_zone,
    whole_number,
    yes_or_no,
)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = data_dir(BASE_DIR / "var")

DEBUG = False
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
PUBLIC_URL = public_url()
SECURE = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [
    *env.list("ALLOWED_HOSTS", default=[urlsplit(PUBLIC_URL).hostname]),
    "localhost",
    "127.0.0.1",
]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

OUR_APPS = [
    "cms",
    "search",
    "api",
    "notifications",
    "ideas",
    "moderation",
    "analysis",
    "outreach",
    "consultations",
    "accounts",
    "records",
    "design",
    "foundation",
]
INSTALLED_APPS = [
    "portal",
    *OUR_APPS,
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "crispy_forms",
    "django_celery_beat",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "portal.page_cache.PageCache",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "portal.middleware.AdminPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.MayBeKept",
    "portal.ranges.ByteRanges",
    "portal.middleware.SessionOnlyWhenItCame",
    "portal.language.ByAddressOrBrowser",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.DeskNeedsSecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.PlainWhenBare",
    "foundation.middleware.PlainErrors",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "portal.context.reader",
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = databases(DATA_DIR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = caches()
PAGE_CACHE_SECONDS = whole_number("PAGE_CACHE_SECONDS", default=10)
STORAGES = storages()
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
MFA_ADAPTER = "accounts.factors.adapter.Factors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds, for clocks that differ
MFA_RECOVERY_CODE_DIGITS = 10
MFA_RECOVERY_CODES_SHOW_ONCE = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # allauth's own sign-in is not used: its pages have no address here

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("hi", "हिन्दी"), ("ar", "العربية")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = time_zone("Asia/Kolkata")
FORMAT_MODULE_PATH = ["portal.formats"]
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(DATA_DIR / "static"))
MEDIA_URL = "/media/"
CARD_FONTS = env.list("CARD_FONTS", default=["/usr/share/fonts/truetype/noto", "/usr/share/fonts/noto"])
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(DATA_DIR / "media"))

WAGTAIL_SITE_NAME = env.str("SITE_NAME", default="Samvad")
OWNER_NAME = env.str("OWNER_NAME", default="")
PHONE_LINE = env.str("PHONE_LINE", default="1800 00 2244")
EMERGENCY_NUMBER = env.str("EMERGENCY_NUMBER", default="112")
DESIGN_PAGE = yes_or_no("DESIGN_PAGE", default=False)
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "consultations.workflows.publish_approved"
WAGTAIL_AUTOSAVE_INTERVAL = 5000
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # an address is a row that is confirmed by a code: My page has them
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "wagtail.search.backends.database"}
}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # papers and videos come from this house, wherever they are kept

CRISPY_ALLOWED_TEMPLATE_PACKS = "samvad"
CRISPY_TEMPLATE_PACK = "samvad"
CRISPY_FAIL_SILENTLY = False

NOT_ASKED_FOR = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "payment",
    "usb",
)
PERMISSIONS_POLICY: dict[str, list[str]] = {name: [] for name in NOT_ASKED_FOR}
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "report-uri": ["/blocked-content/"],
    },
}
SECURE_SSL_REDIRECT = yes_or_no("SECURE_SSL_REDIRECT", default=SECURE)
SECURE_REDIRECT_EXEMPT = ["^healthz$"]  # asked from this machine, without encryption
SECURE_HSTS_SECONDS = whole_number("SECURE_HSTS_SECONDS", default=31_536_000 if SECURE else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_SECONDS > 0
SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if yes_or_no("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
CODES_PER_ADDRESS_AND_HOUR = whole_number("CODES_PER_ADDRESS_AND_HOUR", default=6)
CODES_PER_NETWORK_AND_HOUR = whole_number("CODES_PER_NETWORK_AND_HOUR", default=600)
WRONG_TRIES_PER_NETWORK_AND_HOUR = whole_number("WRONG_TRIES_PER_NETWORK_AND_HOUR", default=300)
SMS_URL = sms_url()
SMS_SENDER = env.str("SMS_SENDER", default="")
PHONE_COUNTRY = env.str("PHONE_COUNTRY", default="91").lstrip("+")
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # an editor sees the preview of a page in a frame of our own
]

locals().update(mail())
LETTERS_PER_WEEK = whole_number("LETTERS_PER_WEEK", default=10)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", default="Samvad <no-reply@localhost>")

HTTP_ALLOW_PRIVATE: list[str] = env.list("HTTP_ALLOW_PRIVATE", default=[])
KILL_SWITCH_FILE = env.str("KILL_SWITCH_FILE", default=str(DATA_DIR / "stop-sending"))
TOKEN_KEYS = env.list("TOKEN_KEYS", default=[])

locals().update(broker(DATA_DIR))
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
DUE_EVERY = whole_number("DUE_EVERY", default=60)
CELERY_BEAT_SCHEDULE = {
    "run-due": {"task": "portal.tasks.run_due", "schedule": DUE_EVERY, "options": {"expires": 50}},
    "roll-up": {"task": "portal.tasks.roll_up", "schedule": 5.0, "options": {"expires": 4}},
    "send-posts": {"task": "outreach.tasks.look", "schedule": min(DUE_EVERY, 15), "options": {"expires": 14}},
    "analyse": {"task": "portal.tasks.analyse", "schedule": DUE_EVERY, "options": {"expires": 50}},
    "tidy": {"task": "portal.tasks.tidy", "schedule": crontab(hour="22", minute="17")},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "portal.logs.JsonLines"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": log_level("INFO")},
    "loggers": {
        name: {"level": "WARNING"}
        for name in ("django.db.backends", "django_tasks", "wagtail", "httpx", "httpcore")
    },
}
