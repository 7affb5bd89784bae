"""Who of the people with a case lives together, without a look at any file."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection


def households() -> Mapping[int, int]:
    """For people whose files say that they live with somebody who has a case too: the number of their household.

    Only of cases that the actor named to the database may count. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute("select person, household from casework_households()")
        return dict(cursor.fetchall())
