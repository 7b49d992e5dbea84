"""Everything that is the same in development, test and production."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from config import env as environment

env = environment.read()
BASE_DIR = Path(__file__).resolve().parent.parent.parent

SECRET_KEY = env.text("SECRET_KEY")
ENCRYPTION_KEY = env.text("ENCRYPTION_KEY")
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
PUBLIC_URL = env.text("PUBLIC_URL").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "rest_framework",
    "drf_spectacular",
    "config.base",
    "accounts",
    "catalog",
    "annotation",
    "cot_generation",
    "curation",
    "training_bridge",
    "config.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.base.middleware.ContentSecurityPolicy",
    "config.base.middleware.Language",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.base.middleware.PrivateByDefault",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = {
    "default": {
        **env.database(),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = env.flag("SECURE_COOKIES")
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = env.flag("SECURE_COOKIES")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []
CSRF_FAILURE_VIEW = "config.base.api.problems.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if env.flag("SECURE_COOKIES") else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "accounts.adapter.InvitationOnlyAdapter"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "60/m/ip"}
LOGIN_URL = "/sign-in"

# --- HTTP -------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.SessionAuthentication",
        "accounts.authentication.TokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["config.base.api.renderers.MsgspecJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.base.api.parsers.MsgspecJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "config.base.api.schema.LoupeSchema",
    "EXCEPTION_HANDLER": "config.base.api.problems.exception_handler",
    "DEFAULT_PAGINATION_CLASS": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Loupe",
    "VERSION": "1",
    "DESCRIPTION": "Judge pictures, write the reasoning, audit it, freeze it, train on it.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": False,
    "COMPONENT_SPLIT_PATCH": False,
    "POSTPROCESSING_HOOKS": [],  # the default one names enums by guessing from field names, and ours collide
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SORT_OPERATION_PARAMETERS": False,
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FRONTEND_DIST = env.path("FRONTEND_DIST")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LANGUAGE_COOKIE_NAME = "loupe-language"  # nobody sets it: another site's on the same host would go before the header
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = FRONTEND_DIST  # nothing else has static files: the build's folder is served as it is
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/"

STORAGES = {
    "default": env.storage(),
    "media": env.storage(),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = ""

# --- what apps tell each other ----------------------------------------------------------------------------------------
# Topic -> the callables that want it, each `fn(payload: dict) -> None`, delivered at least once.
SUBSCRIBERS: dict[str, list[str]] = {
    "sample_changed": ["curation.services.projection.sample_changed"],
}
# What upper apps put into every new project, inside its transaction: `fn(project_id: UUID) -> None`.
PROJECT_FOUNDERS: list[str] = ["catalog.services.aspects.set_up", "cot_generation.services.founding.found"]
# What follows, in the same transaction, when the rule or the aspects of a project change: `fn(project_id, now)`.
SETTINGS_FOLLOWERS: list[str] = ["annotation.services.recounting.ask"]
# What other apps add to an import chunk, inside its transaction.
IMPORT_ABSORBERS: list[str] = [
    "annotation.services.absorb.absorb",
    "cot_generation.services.absorbing.absorb",
]
# Who knows how hard questions are: `fn(project_id, sample_ids) -> {(sample_id, aspect_key): 0 to 1}`.
DIFFICULTY_SOURCES: list[str] = ["curation.selectors.difficulty.of_samples"]
# Who knows what an hour of a kind of work costs: `fn(project_id, kind, *, day) -> annotation.selectors.money.Rate`.
HOURLY_RATES = "curation.selectors.books.rate_of_kind"
# Who knows what people's work may cost: `fn(project_id, *, today) -> annotation.selectors.money.Month`, or None.
MONTHS_OF_PEOPLE = "curation.selectors.months.budgeted"
# Who knows how training saw a sample: `fn(project_id, external_id, aspects) -> [curation.selectors.life.Trained]`.
TRAINING_VISITS: list[str] = ["training_bridge.selectors.visits.of_sample"]
# Table of work rows -> (task that works it off, queue). Single calls hold their queue's one process for minutes at a
# time, so nothing else stands in it.
WORK: dict[str, tuple[str, str]] = {
    "base.OutboxMessage": ("base.deliver_outbox", "upkeep"),
    "annotation.Recount": ("annotation.recount_due", "upkeep"),
    "catalog.ImportWork": ("catalog.read_due_imports", "export"),
    "catalog.PictureWork": ("catalog.ingest_due_pictures", "media"),
    "annotation.QualityWork": ("annotation.make_due_figures", "export"),
    "cot_generation.RunQuestion": ("cot_generation.make_due_calls", "llm"),
    "cot_generation.CallBatch": ("cot_generation.move_due_batches", "export"),
    "cot_generation.Examination": ("cot_generation.examine_due_runs", "export"),
    "training_bridge.RunPreparation": ("training_bridge.prepare_due_runs", "export"),
    "training_bridge.Export": ("training_bridge.make_due_exports", "export"),
}
# Who may say that a project is still being filled: `fn(project_id: UUID) -> str | None`, a sentence while it is.
PROJECT_BUSY: list[str] = ["config.demo.steps.busy"]
# What else the sweep calls on each round: `fn(now: datetime) -> None`.
SWEEPERS: list[str] = [
    "catalog.services.uploads.close_given_up",
    "annotation.services.leases.sweep_overdue",
    "annotation.services.quality.work.sweep",
    "annotation.services.reviews.follow_up",
    "cot_generation.services.calls.sweep",
    "cot_generation.services.batches.sweep",
    "curation.services.books.close_due",
    "training_bridge.services.supervision.sweep",
]

# --- Celery -----------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.text("BROKER_URL")
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False  # the row decides whether work is tried again, not the broker
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_DEFAULT_QUEUE = "upkeep"
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1}  # a lost hint is swept; a slow request is not acceptable
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 30,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 25,
    "retry_on_timeout": True,
    "global_keyprefix": "loupe:",
}
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "base.sweep", "schedule": 5.0, "options": {"queue": "upkeep", "expires": 5}},
}

# --- machines ---------------------------------------------------------------------------------------------------------
RUNS_DIR = env.path("RUNS_DIR")
TRAINER_PYTHON = env.text("TRAINER_PYTHON")
SANDBOX_URL = env.text("SANDBOX_URL")
SANDBOX_KEY = env.text("SANDBOX_KEY")
HOURLY_RATE_USD = env.text("HOURLY_RATE_USD")
ENDPOINT_HOSTS = env.words("ENDPOINT_HOSTS")
IMPORT_HOSTS = env.words("IMPORT_HOSTS")
IMPORT_BUCKETS = env.words("IMPORT_BUCKETS")
LABEL_STUDIO_API_KEY = env.text("LABEL_STUDIO_API_KEY")

IDLE_SECONDS = env.whole("IDLE_SECONDS")

LOG_LEVEL = env.text("LOG_LEVEL").upper()
LOGGING_CONFIG = "config.base.logs.configure"
LOGGING: dict[str, object] = {"level": LOG_LEVEL}
SILENCED_SYSTEM_CHECKS: list[str] = []

import config.celery  # noqa: E402, F401  (whoever loads the settings sends to our broker, not to Celery's default one)
