"""One settings module for every place; what differs comes from the environment.

How partners are told of changes has variables of its own: ``newsroom/partners_told.py``.

=========================== ==================================================================================
NEWSROOM_ENV                ``development`` (default) or ``production``
SECRET_KEY                  random, 50 characters or more; made and kept in development
ALLOWED_HOSTS               host names, separated by commas
DATABASE_URL                ``postgres://user:password@host:port/name``; the embedded server when unset
NEWSROOM_IDENTITY_KEYS      keys under which the identities of confidential sources lie, separated by commas, each 32
                            random bytes in URL-safe base64; the first encrypts, all decrypt. A new one goes first,
                            and once ``rotate_identity_keys`` has run the others may go. Made and kept in development
NEWSROOM_SIGNING_KEY        keys like these that sign answers of the API: the first signs, all are told to who checks.
                            Made and kept in development; without any, production signs nothing
DEBUG                       ``on`` for tracebacks in the browser (default off; refused in production)
NEWSROOM_NAME               the name readers see (default Newsroom)
NEWSROOM_ORIGIN             ``https://…`` of the readers' site, so that pages can name their full address; unset:
                            addresses are written without host
NEWSROOM_TAG_AUTHORITY      ``host,year`` (RFC 4151) in the ids of feeds, never to change (default: the origin's, 2026)
NEWSROOM_SECURITY_CONTACTS  ``mailto:…`` or ``https://…``, separated by commas, for security.txt (default: our contact
                            page); NEWSROOM_TRUST ``belongto=https://…`` and the like for trust.txt, and
                            NEWSROOM_DATA_TRAINING ``on`` if what we publish may train models
NEWSROOM_USAGE_TERMS        for what anybody may use what the API tells (a text or an address; default: nothing is said)
NEWSROOM_TIME_ZONE          for showing times to people (default Europe/London); stored is always UTC
NEWSROOM_POOL_SIZE          connections a process may hold (default 8 under the web server; commands: no pool)
NEWSROOM_PURGE_URLS         ``http://host:port`` of each cache before the site, separated by commas (deploy/)
NEWSROOM_PURGE_TOKEN        the secret those caches ask for, 32 random characters or more
NEWSROOM_DATA               folder for files, static files and, in development, secrets and database
CSRF_TRUSTED_ORIGINS        ``https://…`` origins of the desk behind a proxy, separated by commas
SECURE_PROXY_SSL_HEADER     header in which a trusted proxy says ``https``; believed only when set
MAIL_HOST, MAIL_PORT        outgoing mail in production, with MAIL_USER, MAIL_PASSWORD, MAIL_TLS, MAIL_FROM
HSTS_SECONDS                how long browsers must insist on https (default one year; production)
NEWSROOM_SECOND_FACTOR      ``on``: also in development everybody at the desk must have one (production: always)
NEWSROOM_PROXIES            how many proxies of ours add to X-Forwarded-For (default 0: the header is not believed)
NEWSROOM_ANONYMOUS_API      ``off``: the API is read with a key alone (default on)
NEWSROOM_ANONYMOUS_RATE     requests a minute from one address without a key (default 60, which is the least;
                            0: any number)
NEWSROOM_KEY_RATE           requests a minute with one key (default 600; 60 is the least; 0: any number), and
NEWSROOM_KEY_QUOTA          in a month by one partner (default 1,000,000; 0: any number), unless the partner's own
                            are others
NEWSROOM_OIDC_URL           ``https://…`` of the provider of single sign-on (OpenID Connect); unset: none. With it
                            NEWSROOM_OIDC_CLIENT, NEWSROOM_OIDC_SECRET and NEWSROOM_OIDC_NAME, which the button says
NEWSROOM_OIDC_SECOND_FACTOR ``on`` if that provider asks for a second factor, so that the desk need not
=========================== ==================================================================================
"""

import os
from pathlib import Path

import dj_database_url
import pgtrigger
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from newsroom import desk_look, desk_sign_in, environment, partners_told, readers_site, reading_api
from newsroom.embedded_database.place import home_of

BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCTION = environment.kind() == "production"
DATA_DIR = Path(os.environ.get("NEWSROOM_DATA") or BASE_DIR / ".data").resolve()
EMBEDDED_HOME = DATA_DIR if os.environ.get("NEWSROOM_DATA") else home_of(BASE_DIR)

DEBUG = environment.flag("DEBUG")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", () if PRODUCTION else ("localhost", "127.0.0.1", "[::1]"))

if PRODUCTION:
    refusals = environment.production_refusals(os.environ, debug=DEBUG, hosts=ALLOWED_HOSTS)
    if refusals:
        raise ImproperlyConfigured("production settings refuse to start: " + "; ".join(refusals))

SECRET_KEY = os.environ.get("SECRET_KEY") or environment.development_secret(DATA_DIR)
NEWSROOM_IDENTITY_KEYS = environment.identity_keys("NEWSROOM_IDENTITY_KEYS", DATA_DIR)
NEWSROOM_SIGNING_KEYS = environment.signing_keys("NEWSROOM_SIGNING_KEY", DATA_DIR)

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",  # Before the admin, whose templates it replaces.
    "newsroom.admin_site.DeskAdminConfig",  # django.contrib.admin with the desk as its site.
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",  # The list of passkeys says "an hour ago".
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "rest_framework",
    "drf_spectacular",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_prose_editor",
    "newsroom.core",
    "newsroom.accounts",
    "newsroom.audit",
    "newsroom.notices",
    "newsroom.api",
    "sources",
    "articles",
    "newsroom.partners",
]

# The reader's road is the plain entries; the Desk… ones step aside for every path outside the desk.
MIDDLEWARE = [
    "newsroom.api.finishing.FinishingMiddleware",  # First, so that no answer of the API passes it by.
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "newsroom.desk_middleware.DeskSessionMiddleware",
    "newsroom.desk_middleware.DeskCsrfMiddleware",
    "newsroom.desk_middleware.DeskAuthenticationMiddleware",
    "newsroom.desk_middleware.DeskMessageMiddleware",
    "newsroom.desk_middleware.DeskHistoryMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "newsroom.desk_middleware.DeskSecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",  # Last: it answers for who was locked out.
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.accounts.pages.desk_around",
            ],
        },
    },
]

# Database. CONN_MAX_AGE must stay 0 beside a pool.
if os.environ.get("DATABASE_URL"):
    try:
        database = dj_database_url.parse(os.environ["DATABASE_URL"])
    except Exception as error:
        # The address may hold a password: nothing of it is repeated.
        raise ImproperlyConfigured("DATABASE_URL is not like postgres://user@host:5432/name") from error
    if database.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL server (postgres://…)")
    database["CONN_MAX_AGE"] = 0
    database.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
else:
    database = {
        "ENGINE": "newsroom.embedded_database",
        "NAME": "newsroom",
        "USER": "newsroom",
        "HOST": str(EMBEDDED_HOME / "postgres"),
        "PORT": "5432",
        "OPTIONS": {},
    }
if pool_size := environment.number("NEWSROOM_POOL_SIZE", 0):
    database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 5}
# For newsroom.core.prepared alone; a pooler in between must know prepared statements (PgBouncer 1.21 and later do).
database["OPTIONS"].setdefault("prepare_threshold", 5)
DATABASES = {"default": database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People.
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
globals().update(desk_sign_in.SETTINGS)

# Language and time.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("pl", "Polski")]
TIME_ZONE = "UTC"
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "desk"]
FORMAT_MODULE_PATH = ["newsroom.formats"]

# What pages and answers say of the site itself.
globals().update(readers_site.SETTINGS | partners_told.SETTINGS)

# The caches before us, asked with PURGE (newsroom.core.purging); none: nothing is purged.
NEWSROOM_PURGE_URLS = environment.addresses("NEWSROOM_PURGE_URLS")
NEWSROOM_PURGE_TOKEN = environment.purge_token("NEWSROOM_PURGE_TOKEN")

# Files. The manifest of hashed names is made by collectstatic, which `make demo` runs.
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# What a request may carry, in bytes and in fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Letters stand in the terminal in development.
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
if PRODUCTION:
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": os.environ.get("MAIL_HOST", "localhost"),
            "port": environment.number("MAIL_PORT", 25),
            "username": os.environ.get("MAIL_USER", ""),
            "password": os.environ.get("MAIL_PASSWORD", ""),
            "use_tls": environment.flag("MAIL_TLS"),
            "timeout": 10,
        },
    }
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "newsroom@localhost")

# Nothing from another host, no inline script or style. The desk's own policy is in newsroom/admin_site.py.
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# The middleware is there as a subclass, which this check of Django's does not see; tests/newsroom try it.
SILENCED_SYSTEM_CHECKS = ["security.W003"]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "articles.public.errors.form_expired"
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # Asked by the machine next door, without TLS.
    SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    if header := os.environ.get("SECURE_PROXY_SSL_HEADER"):
        SECURE_PROXY_SSL_HEADER = ("HTTP_" + header.upper().replace("-", "_"), "https")

globals().update(reading_api.SETTINGS)

# Each app's tasks.py is found by itself. Five at a time: two captures may wait for slow servers (sources.capture), a
# search for origins may run, and what partners wait for still finds room.
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 5, "listen_notify": True, "delete_jobs": "successful"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"secrets": {"()": "newsroom.core.discretion.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
    "loggers": {
        "django.request": {"level": "ERROR"},  # That a page is not there is no news.
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # Nor is a forged header, a traceback each.
    },
}

# Also with DEBUG on, nothing of an identity is in a report of an error.
DEFAULT_EXCEPTION_REPORTER_FILTER = "newsroom.core.discretion.DiscreetReports"

# The desk. Who may do what is asked of one table, also by apps that may not import it.
DESK_ACCESS = "articles.access.refusal"
DESK_HIDDEN = "articles.access.hidden_from"
UNFOLD = desk_look.UNFOLD
DJANGO_PROSE_EDITOR_EXTENSIONS = desk_look.EDITOR_EXTENSIONS

# History by statement, not by row: an import writes dozens of rows at once.
PGHISTORY_LEVEL = pgtrigger.Statement
