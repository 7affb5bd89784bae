"""What a production installation must never start with."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection


@register(Tags.security)
def no_debug(**_: object) -> Sequence[CheckMessage]:
    """DEBUG shows code and data to everybody."""
    if settings.DEBUG:
        return [Error("DEBUG is on. kimwerk does not run with it.", id="kimwerk.E001")]
    return []


def refuse_synthetic_data() -> None:
    """Stop a production server that points to the database of a demo."""
    if settings.DEMO or settings.DEBUG:
        raise ImproperlyConfigured("Demo settings or DEBUG are on in production.")
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from directory_installation where is_synthetic)")
        row = cursor.fetchone()
    connection.close()
    if row and row[0]:
        raise ImproperlyConfigured("This database holds the synthetic demo county. Use one of your own.")
