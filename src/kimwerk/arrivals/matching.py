"""Rows of the lists as the matcher sees them, and the numbers by which doubles are looked up."""

from __future__ import annotations

from hashlib import blake2b

from kimwerk.arrivals.models import Registration
from kimwerk.arrivals.types import MemberFacts
from kimwerk.persons.matching.keys import blocking_keys
from kimwerk.persons.matching.registration import Registration as Compared
from kimwerk.persons.types import Sex

SEXES = {Sex.MALE: "m", Sex.FEMALE: "f", Sex.DIVERSE: "d", Sex.UNKNOWN: ""}


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


def match_keys(who: Compared) -> list[int]:
    """The blocking keys as numbers that are the same in every process."""
    return sorted(
        int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True) for key in blocking_keys(who)
    )
