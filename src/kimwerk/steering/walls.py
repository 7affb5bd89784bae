"""What the database asks before it shows a row of a committee, for the migrations of this room.

Committees are few: their keys are looked up once a query, and rows of the tables below compared with them.
"""

from __future__ import annotations

READ_COMMITTEE = (
    "organisation_id = any((select walls.organisations('steering.read'))::bigint[])"
    " or id = any((select steering_seats())::bigint[])"
)
KEEP_COMMITTEE = "organisation_id = any((select walls.organisations('steering.manage'))::bigint[])"

READ_OF_ORGANISATION = (
    "organisation_id = any((select walls.organisations('steering.read'))::bigint[])"
    " or organisation_id = any((select coalesce(array_agg(distinct organisation_id), '{}')"
    " from steering_committee)::bigint[])"
)
"""Goals, plan and papers are read by whoever reads the organisation's steering, or sits in one of its committees."""


def seen_through(column: str, table: str = "steering_committee") -> str:
    """The row hangs on one of a table that the actor may read."""
    return f"{column} = any((select coalesce(array_agg(id), '{{}}') from {table})::bigint[])"


def kept_through(column: str) -> str:
    """The row hangs on a committee whose office the actor is."""
    kept = f"select coalesce(array_agg(id), '{{}}') from steering_committee where {KEEP_COMMITTEE}"
    return f"{column} = any(({kept})::bigint[])"


def seen_with(column: str, table: str) -> str:
    """The row hangs on a row, of many, that the actor may read: looked up row by row."""
    return f"exists (select from {table} upper_row where upper_row.id = {column})"


def kept_with(column: str, table: str) -> str:
    """The same where the actor is the office of the committee above."""
    kept = kept_through("upper_row.committee_id")
    return f"exists (select from {table} upper_row where upper_row.id = {column} and {kept})"
