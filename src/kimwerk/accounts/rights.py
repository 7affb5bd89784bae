"""Tells the database which role has which right, so that its walls follow `access/roles.py`."""

from __future__ import annotations

from django.db import connection

from kimwerk.access.actors import role_table


def write_role_rights(**_: object) -> None:
    """Make the database's table equal to the one in the code. Runs after every migration."""
    rights = [(role.value, permission.value) for (role, permission), holds in role_table().items() if holds]
    with connection.cursor() as cursor:
        if "accounts_roleright" not in connection.introspection.table_names(cursor):
            return
        cursor.execute("delete from accounts_roleright")
        cursor.executemany("insert into accounts_roleright (role, permission) values (%s, %s)", rights)
