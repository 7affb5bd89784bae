"""The synthetic county on this machine: plain HTTP on the loopback address, sign-in by one-time links."""

import os

from kimwerk.config.settings.base import *  # noqa: F403  # settings are layered by import

DEMO = True
MFA_REQUIRED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SECRET_KEY = os.environ["KIMWERK_SECRET_KEY"]
FIELD_KEYS = {"demo": SECRET_KEY}
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
