"""Multiplies desks and names into persons, cases and contacts, inside the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

from kimwerk.casework.referral_texts import seal_need
from kimwerk.desk.generate.bare import bare
from kimwerk.desk.generate.caseload_rows import DRAFTS, ROWS, TABLES
from kimwerk.desk.generate.patterns import Pattern
from kimwerk.desk.generate.people import write_identities, write_keys, write_names
from kimwerk.desk.generate.rows import write_patterns
from kimwerk.desk.generate.world import Desk

WALLED = "persons_person"


def insert_caseload(
    *,
    seed: int,
    persons: int,
    cases: int,
    contacts: int,
    first: date,
    last: date,
    desks: Sequence[Desk],
    patterns: Sequence[Pattern],
) -> None:
    """Insert so many of each, within the running transaction. The first `cases` persons have a case each."""
    write_names(seed)
    write_patterns(patterns)
    _write_desks(desks)
    with bare(*TABLES), connection.cursor() as cursor:
        base = _last_id(WALLED)
        write_keys(base + 1, base + persons, base + cases)
        values: dict[str, int | date | str] = {
            "seed": seed,
            "persons": persons,
            "cases": cases,
            "contacts": contacts,
            "first": first,
            "last": last,
            "days": (last - first).days,
            "desks": len(desks),
            "person_base": base,
            "case_base": _last_id("casework_case"),
            "contact_base": _last_id("casework_casecontact"),
            "activity_base": _last_id("activities_activity"),
            "goal_base": _last_id("casework_goal"),
            "assessment_base": _last_id("casework_assessment"),
            "declaration_base": _last_id("consent_declaration"),
            "referral_base": _last_id("casework_referral"),
            "need": seal_need("Hilfe beim Antrag auf Leistungen."),
        }
        for statement in DRAFTS:
            cursor.execute(statement, values)
        write_identities()
        for statement in ROWS:
            cursor.execute(statement, values)
        for table in TABLES:
            cursor.execute(
                "select setval(pg_get_serial_sequence(%s, 'id'), greatest((select coalesce(max(id), 1)"
                f" from {table}), 1))",
                [table],
            )
    with connection.cursor() as cursor:
        cursor.execute("select walls.entrust_all(), walls.admit_all()")  # the triggers that keep them were off


def _last_id(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select coalesce(max(id), 0) from {table}")
        row: tuple[int] = cursor.fetchone()
    return row[0]


def _write_desks(desks: Sequence[Desk]) -> None:
    """The desks by number, each with the next one of its organisation as deputy."""
    ordered = sorted(desks, key=lambda desk: (desk.organisation_id, desk.account_id))
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table generated_desk (number int primary key, organisation_id bigint,"
            " municipality_id bigint, site_id bigint, account_id bigint, partner_id bigint, deputy_id bigint)"
            " on commit drop"
        )
        with cursor.copy("copy generated_desk from stdin") as copy:
            for number, desk in enumerate(ordered):
                neighbour = ordered[(number + 1) % len(ordered)]
                is_colleague = neighbour.organisation_id == desk.organisation_id
                row = (desk.organisation_id, desk.municipality_id, desk.site_id, desk.account_id, desk.partner_ids[0])
                copy.write_row((number, *row, neighbour.account_id if is_colleague and number else None))
        cursor.execute("analyze generated_desk")
