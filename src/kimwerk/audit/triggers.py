"""How a table is put under the log's watch, for use in migrations."""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

_TRANSITIONS = {
    "insert": "new table as new_rows",
    "update": "old table as old_rows new table as new_rows",
    "delete": "old table as old_rows",
}


def audited(table: str, *, is_named: bool = True) -> RunSQL:
    """A migration's operation: every change of the table's rows is recorded, in bulk too.

    With `is_named` (the default) a change without an actor is refused. The exception is for
    tables that change before anybody is signed in, such as accounts.
    """
    argument = "named" if is_named else "unnamed"
    create = "".join(
        f"create trigger audit_{verb} after {verb} on {table} referencing {transition} "
        f"for each statement execute function audit.note_change('{argument}');\n"
        for verb, transition in _TRANSITIONS.items()
    )
    drop = "".join(f"drop trigger audit_{verb} on {table};\n" for verb in _TRANSITIONS)
    return RunSQL(create, reverse_sql=drop)
