"""What every installation shares. Deployments use `production`, `./run demo` uses `demo`."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kimwerk.config.environment import chosen_database, one_of, web_address

PACKAGE = Path(__file__).resolve().parents[2]

DEBUG = False
DEMO = False
PRODUCTION = False
MFA_REQUIRED = True

INSTALLED_APPS = [
    "kimwerk.config",
    "kimwerk.desk",
    "kimwerk.reporting",
    "kimwerk.casework",
    "kimwerk.arrivals",
    "kimwerk.early_language",
    "kimwerk.steering",
    "kimwerk.consent",
    "kimwerk.network",
    "kimwerk.needs",
    "kimwerk.events",
    "kimwerk.surveys",
    "kimwerk.finance",
    "kimwerk.staffing",
    "kimwerk.activities",
    "kimwerk.persons",
    "kimwerk.documents",
    "kimwerk.accounts",
    "kimwerk.directory",
    "kimwerk.audit",
    "kimwerk.ui",
    "kimwerk.access",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "kimwerk.config.apps.ServedFiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "template_partials",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kimwerk.accounts.web.middleware.ActorMiddleware",
    "kimwerk.persons.web.pacing.PaceMiddleware",
]

ROOT_URLCONF = "kimwerk.config.urls"
WSGI_APPLICATION = "kimwerk.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": chosen_database()}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kimwerk.ui.context_processors.layout",
            ],
        },
    }
]
FORM_RENDERER = "kimwerk.ui.rendering.KernRenderer"

# Language and numbers
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German"))]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

# Accounts and sign-in
AUTH_USER_MODEL = "accounts.Account"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # unique by the lower-cased address, as a constraint
AUTHENTICATION_BACKENDS = ["kimwerk.accounts.backends.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "family_name", "given_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "kimwerk.accounts.adapters.InvitationOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_FORMS = {
    "login": "kimwerk.accounts.web.sign_in_forms.SignIn",
    "change_password": "kimwerk.accounts.web.sign_in_forms.ChangePassword",
    "reauthenticate": "kimwerk.accounts.web.sign_in_forms.ConfirmPassword",
}
MFA_FORMS = {
    "authenticate": "kimwerk.accounts.web.sign_in_forms.Code",
    "reauthenticate": "kimwerk.accounts.web.sign_in_forms.ConfirmCode",
    "activate_totp": "kimwerk.accounts.web.sign_in_forms.ActivateApp",
    "add_webauthn": "kimwerk.accounts.web.sign_in_forms.AddPasskey",
    "edit_webauthn": "kimwerk.accounts.web.sign_in_forms.RenamePasskey",
}
MFA_ADAPTER = "kimwerk.accounts.adapters.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "kimwerk"
USERSESSIONS_TRACK_ACTIVITY = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
LOGOUT_REDIRECT_URL = "account_login"
DORMANT_AFTER_DAYS = 90

# Throttling counts in the database, so that all workers count together
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_throttle",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Sessions and cookies
SESSION_ENGINE = "kimwerk.accounts.sessions"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# What a page may load and whom it may tell
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("KIMWERK_STATIC_ROOT") or Path.cwd() / "build" / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "kimwerk.ui.storage.ModuleAwareStorage"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["png", "woff2", "ttf", "gz", "br", "md"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
TALLY_UPLOAD_LIMIT = 50 * 1024 * 1024
UPLOAD_LIMIT = TALLY_UPLOAD_LIMIT
FILE_UPLOAD_HANDLERS = [
    "kimwerk.ui.uploads.CappedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 * 1024 * 1024
SMALL_BELOW = one_of("KIMWERK_SMALL_BELOW", (3, 5))
DCAT_CONTRIBUTOR_ID = web_address("KIMWERK_DCAT_CONTRIBUTOR_ID")
CLAMD_SOCKET = os.environ.get("KIMWERK_CLAMD_SOCKET", "")

# Mail
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = "kimwerk@localhost"

# Logs hold events, never personal values
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "kimwerk.config.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "procrastinate": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}

TEST_RUNNER = "django.test.runner.DiscoverRunner"
