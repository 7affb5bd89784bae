"""A real installation, behind TLS. Refuses to start without its secrets; see docs/how-to/betrieb.md."""

from kimwerk.config.environment import listed, mail, required, secret
from kimwerk.config.settings.base import *  # noqa: F403  # settings are layered by import

PRODUCTION = True
SECRET_KEY = secret("KIMWERK_SECRET_KEY")
FIELD_KEYS = {"1": secret("KIMWERK_FIELD_KEY")}
ALLOWED_HOSTS = listed("KIMWERK_HOSTS") or [required("KIMWERK_HOSTS")]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
globals().update(mail())
