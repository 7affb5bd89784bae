"""Rows of the lists as the matcher sees them."""

from __future__ import annotations

from kimwerk.arrivals.models import Registration
from kimwerk.arrivals.types import MemberFacts
from kimwerk.persons.identity import SEXES
from kimwerk.persons.matching.registration import Registration as Compared
from kimwerk.persons.types import Sex


def compared(row: Registration | MemberFacts, municipality_id: int, rec_id: str = "") -> Compared:
    """What is compared of somebody."""
    return Compared(
        rec_id=rec_id,
        first_name=row.given_names,
        last_name=row.family_name,
        birth_date=row.birth_date,
        sex=SEXES[Sex(row.sex)],
        municipality=str(municipality_id),
        original_first_name=row.original_given,
        original_last_name=row.original_family,
    )
