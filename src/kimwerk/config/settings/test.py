"""Tests: real database and real middleware, cheap password hashes, plain static files."""

from kimwerk.config.settings.base import *  # noqa: F403  # settings are layered by import

SECRET_KEY = "a-key-for-tests-that-is-long-enough-to-pass"  # noqa: S105  # used by tests only
FIELD_KEYS = {"test": SECRET_KEY}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "!!undefined %s!!"  # type: ignore[index]  # noqa: F405
# Static files come from where they are written, so that nothing has to be collected first
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
