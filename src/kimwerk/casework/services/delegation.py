"""Acting in the name of a colleague who ordered it, as a job does: with the rights that account holds now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.accounts.selectors import actor_by_id


@contextmanager
def in_the_name_of(account_id: int) -> Iterator[Actor | None]:
    """For so long the walls stand where they stand for this account; None if it holds no role any more.

    For one thing only: a sender orders that something is disclosed on acceptance, and the recipient
    accepts. Whoever comes in by this way is given nothing of what was read on it.
    """
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('kimwerk.actor', true)")
        row: tuple[str | None] | None = cursor.fetchone()
    before = int(row[0]) if row and row[0] else None
    try:
        with transaction.atomic():
            set_actor(account_id)
            yield actor_by_id(account_id)
    finally:
        set_actor(before)
