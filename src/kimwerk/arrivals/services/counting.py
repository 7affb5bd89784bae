"""Keeping the counts of the lists short."""

from __future__ import annotations

from django.db import connection


def add_up_counts() -> int:
    """Put one line in the place of many that count rows of the same kind; returns how many went.

    Acts as nobody: the database does it behind the walls, and no count changes by it.
    """
    with connection.cursor() as cursor:
        cursor.execute("select arrivals_add_up_counts()")
        row: tuple[int] = cursor.fetchone()
        return row[0]
