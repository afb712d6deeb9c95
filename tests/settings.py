"""The project's settings, made quick and quiet for tests."""

from newsroom.settings import *  # noqa: F403
from newsroom.settings import DATABASES, STORAGES

SECRET_KEY = "only-for-tests-and-known-to-everybody-0123456789-abcdefghij"
NEWSROOM_IDENTITY_KEYS = ["b25seS1mb3ItdGVzdHMtYW5kLWtub3duLXRvLWFsbCE="]
NEWSROOM_SIGNING_KEYS = ["c2lnbnMtaW4tdGVzdHMtYW5kLWtub3duLXRvLWFsbCE="]
# No test outlives a crash of the server, so none waits for its disk.
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # Hashed names need collectstatic first; the browser tests' server serves the plain ones.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# Tests ask more than any reader does; those of rates set their own.
NEWSROOM_ANONYMOUS_RATE = NEWSROOM_KEY_RATE = NEWSROOM_KEY_QUOTA = 0
