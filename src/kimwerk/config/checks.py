"""What a production installation must never start with."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection


@register(Tags.security)
def no_debug(**_: object) -> Sequence[CheckMessage]:
    """DEBUG shows code and data to everybody."""
    if settings.DEBUG:
        return [Error("DEBUG is on. kimwerk does not run with it.", id="kimwerk.E001")]
    return []


def refuse_to_start() -> None:
    """Stop a server or worker that would show code, or treat invented data as real; ImproperlyConfigured says why."""
    if settings.DEBUG:
        raise ImproperlyConfigured("DEBUG is on. kimwerk does not run with it.")
    if settings.PRODUCTION and settings.DEMO:
        raise ImproperlyConfigured("DEMO is on in production. Its sign-in links would stand open.")
    if not settings.DEMO and _holds_synthetic_data():
        raise ImproperlyConfigured("This database holds the synthetic demo county. Use one of your own.")


def _holds_synthetic_data() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select exists (select from directory_installation where is_synthetic)")
            row = cursor.fetchone()
    except ProgrammingError as error:
        raise ImproperlyConfigured("The database has no tables yet. Run: kimwerk migrate") from error
    finally:
        connection.close()
    return bool(row and row[0])
