"""Django's settings, all of them derived from one typed reading of the environment."""

from __future__ import annotations

import os

from collabscreen import backing
from collabscreen.env import BASE_DIR, read_env

ENV = read_env(os.environ)
DEBUG = ENV.debug
backing.prepare_data_dir(ENV.data_dir)
SECRET_KEY = ENV.secret_key or backing.local_secret_key(ENV.data_dir)

INSTALLED_APPS = [
    "collabscreen",
    "apps.api",
    "apps.portal",
    "apps.workflow",
    "apps.routing",
    "apps.screening",
    "apps.cases",
    "apps.watchlists",
    "apps.rulebook",
    "apps.notices",
    "apps.accounts",
    "apps.jobs",
    "apps.audit",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "guardian",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "django_htmx",
]
MIDDLEWARE = [
    "collabscreen.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # ten times smaller; pads its length
    "collabscreen.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "collabscreen.urls"
WSGI_APPLICATION = "collabscreen.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Data
DATABASES = {"default": backing.database(ENV.database, data_dir=ENV.data_dir)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian: nobody's visitor holds no permission
GUARDIAN_MONKEY_PATCH_USER = False  # the user model carries no permission methods of its own
GUARDIAN_MONKEY_PATCH_GROUP = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"

# Words and clocks
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files: no build step; whitenoise serves them in every mode
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not ENV.production
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if ENV.production
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}

# Who may reach us, and how
PUBLIC_URL = ENV.public_url.raw.rstrip("/") if ENV.public_url else f"http://localhost:{ENV.port}"
_LOCAL_HOSTS = () if ENV.production else ("localhost", "127.0.0.1", "[::1]")
_PUBLIC_HOST = (ENV.public_url.host,) if ENV.public_url else ()
ALLOWED_HOSTS = [*_PUBLIC_HOST, *_LOCAL_HOSTS, *ENV.allowed_hosts]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if ENV.public_url else []
_TLS = ENV.public_url is not None and ENV.public_url.scheme == "https"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.behind_proxy else None
SECURE_SSL_REDIRECT = _TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes come over plain HTTP from inside
SECURE_HSTS_SECONDS = 31_536_000 if _TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _TLS
SECURE_HSTS_PRELOAD = _TLS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Mail
locals().update(backing.mail(ENV.email))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.email_from

# Background work: rows are the truth, messages only carry ids
CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = backing.broker(
    ENV.broker, data_dir=ENV.data_dir
)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_ALWAYS_EAGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # one log, as set below
CELERY_WORKER_REDIRECT_STDOUTS = False  # mail on the console stays as it is
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(ENV.data_dir / "beat")

# Interfaces for machines
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.api.signin.BearerToken",  # first: its challenge makes "not signed in" a 401
        "apps.api.signin.BrowserSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["apps.api.rendering.ExactRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.api.parsing.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "apps.api.openapi.HouseSchema",
    "EXCEPTION_HANDLER": "apps.api.problems.answer_problem",
    "NUM_PROXIES": 1 if ENV.behind_proxy else 0,  # whose word counts for a caller's address
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "collabscreen",
    "DESCRIPTION": "Screening of international research collaborations for export controls.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# Log
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "collabscreen.middleware.RequestIdFilter"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"}
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request"],
        }
    },
    "root": {"handlers": ["stderr"], "level": ENV.log_level},
    "loggers": {"django": {"handlers": [], "level": ENV.log_level, "propagate": True}},
}
