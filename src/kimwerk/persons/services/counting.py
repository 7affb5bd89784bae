"""Counting what very many people share."""

from __future__ import annotations

from django.db import connection

from kimwerk.persons.matching.keys import SMALLEST_LIMIT


def count_common_keys() -> int:
    """Count anew which names are common and which keys are not worth looking up; returns how many there are.

    Acts as nobody: the database counts behind the walls and keeps only what many share.
    """
    with connection.cursor() as cursor:
        cursor.execute("select walls.count_common_keys(%s)", [SMALLEST_LIMIT])
        row: tuple[int] = cursor.fetchone()
    return row[0]
