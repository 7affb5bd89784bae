"""What the database asks before it shows a row about a person: for the walls of this room and of those above.

The condition is asked of each row by itself and costs a few microseconds. It never leads a query to
its rows; a query says by its own conditions where they are.
"""

from __future__ import annotations


def in_care(person: str) -> str:
    """The SQL condition that the actor may open the file of the person in this column now."""
    return f"exists (select from walls.my_people mine where mine.person_id = {person})"


def kept(person: str) -> str:
    """The same where the file may also be changed: breaking the glass opens it for reading only."""
    return f"exists (select from walls.my_kept_people mine where mine.person_id = {person})"


def formerly_in_care(person: str) -> str:
    """The condition of `in_care` for migrations from before the walls kept ready who is entrusted with whom."""
    return _entrusted(person, "'person.keep', 'case.oversee'")


def formerly_kept(person: str) -> str:
    """The condition of `kept` for such migrations."""
    return _entrusted(person, "'person.keep'")


def _entrusted(person: str, permissions: str) -> str:
    return (
        f"exists (select from persons_care care where care.person_id = {person}"
        " and care.account_id = (select walls.actor())"
        f" and care.organisation_id = any((select walls.homes({permissions}))::bigint[])"
        " and care.begins_at <= statement_timestamp()"
        " and (care.ends_at is null or care.ends_at > statement_timestamp()))"
    )
