"""Taking the monthly list of disclosures by law out of the program."""

from __future__ import annotations

from datetime import date

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.consent.selectors import ByLaw, month_by_law


def hand_out_by_law(*, actor: Actor, month: date) -> tuple[ByLaw, ...]:
    """The list of a month, for a file or for paper; that it left is recorded."""
    rows = month_by_law(actor, month)
    record(actor=actor, action="disclosure.list_exported", amount=len(rows))
    return rows
