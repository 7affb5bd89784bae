"""Tells the database which role has which right, so that its walls follow `access/roles.py`."""

from __future__ import annotations

from django.db import connection, transaction

from kimwerk.access.actors import role_table


def write_role_rights(**_: object) -> None:
    """Make the database's table equal to the one in the code. Runs after every migration."""
    rights = [(role.value, permission.value) for (role, permission), holds in role_table().items() if holds]
    roles, permissions = (list(column) for column in zip(*rights, strict=True))
    with transaction.atomic(), connection.cursor() as cursor:
        if "accounts_roleright" not in connection.introspection.table_names(cursor):
            return
        # In one piece: the walls count each account's rights anew after each statement.
        cursor.execute("delete from accounts_roleright")
        cursor.execute(
            "insert into accounts_roleright (role, permission) select * from unnest(%s::text[], %s::text[])",
            [roles, permissions],
        )
