"""What of casework goes with a person who is erased."""

from __future__ import annotations

from django.db import connection

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record


def forget_cases(actor: Actor, person_id: int) -> None:
    """Delete the content of all cases of the person; their frames stay for the statistics.

    What a recipient was asked is sealed with no key of the person and is therefore blanked. The database
    refuses whoever does not keep the file, and a case that is open.
    """
    with connection.cursor() as cursor:
        cursor.execute("select casework_forget(%s)", [person_id])
        [(forgotten,)] = cursor.fetchall()
    if forgotten:
        record(actor=actor, action="case.content_deleted", amount=forgotten)
