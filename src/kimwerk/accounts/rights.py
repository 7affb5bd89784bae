"""Tells the database which role has which right, so that its walls follow `access/roles.py`."""

from __future__ import annotations

from django.db import connection, transaction

from kimwerk.access.actors import role_table

BY_DIFFERENCE = """
    with told as (select * from unnest(%s::text[], %s::text[]) as told (role, permission)),
    gone as (delete from accounts_roleright r
      where not exists (select from told t where t.role = r.role and t.permission = r.permission))
    insert into accounts_roleright (role, permission) select t.role, t.permission from told t
      where not exists (select from accounts_roleright r where r.role = t.role and r.permission = t.permission)"""


def write_role_rights(**_: object) -> None:
    """Make the database's table equal to the one in the code. Runs after every migration."""
    told = {(role.value, permission.value) for (role, permission), holds in role_table().items() if holds}
    with transaction.atomic(), connection.cursor() as cursor:
        if "accounts_roleright" not in connection.introspection.table_names(cursor):
            return
        cursor.execute("select role, permission from accounts_roleright")
        if set(cursor.fetchall()) == told:
            return  # writing what stands there would make the walls count everybody's rights anew
        roles, permissions = (list(column) for column in zip(*sorted(told), strict=True))
        cursor.execute(BY_DIFFERENCE, [roles, permissions])
