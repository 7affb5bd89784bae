"""Who on the lists might be the person that is being entered, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from kimwerk.access.actors import Actor
from kimwerk.arrivals.matching import compared
from kimwerk.arrivals.models import Registration
from kimwerk.audit.services import record_read
from kimwerk.persons.identity import lookup_numbers
from kimwerk.persons.matching.keys import largest_block
from kimwerk.persons.matching.registration import Registration as Compared
from kimwerk.persons.selectors.likeness import Likeness, likenesses, register_size, worth_looking_up

MOST_COMPARED = 400
"""Rows compared one by one; the keys have chosen them before, the latest first."""

COMPARED = (
    *("family_name", "given_names", "original_family", "original_given", "sex", "birth_date"),
    *("municipality", "source_key"),
)
"""The columns of a row that are read to compare it: rows have many more, and few are shown."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may be the same person's, how likely, and why."""

    row: Registration
    likeness: Likeness


def likely_doubles(actor: Actor, who: Compared, *, family: UUID | None = None, limit: int = 5) -> tuple[Candidate, ...]:
    """Rows that may be the same person's, the likeliest first. Recorded as a reading of those that are shown."""
    found = candidates_for(actor, who, family=family)[:limit]
    if found:
        record_read(actor=actor, subject_type=Registration._meta.db_table, amount=len(found))
    return found


def candidates_for(actor: Actor, who: Compared, *, family: UUID | None = None) -> tuple[Candidate, ...]:
    """All rows of the actor's places from the lower threshold on, but for the family itself."""
    near = Registration.objects.visible_to(actor).counting().filter(pk__in=registrations_near(lookup_numbers(who)))
    if family is not None:
        near = near.exclude(family=family)
    rows = list(near.only(*COMPARED).order_by("-pk")[:MOST_COMPARED])
    found = likenesses(who, [compared(row, row.municipality_id) for row in rows])
    likely = {row.pk: each for row, each in zip(rows, found, strict=True) if each.is_proposed}
    whole = Registration.objects.filter(pk__in=likely).select_related("municipality", "occasion") if likely else ()
    return tuple(sorted((Candidate(row, likely[row.pk]) for row in whole), key=_likeliest))


def _likeliest(candidate: Candidate) -> tuple[float, int]:
    return -candidate.likeness.score, candidate.row.pk


def registrations_near(numbers: list[int]) -> list[int]:
    """The rows of the actor's places that share one of the numbers, as the database finds them behind its walls."""
    wanted = worth_looking_up(numbers, largest_block(register_size()))
    with connection.cursor() as cursor:
        cursor.execute("select walls.registrations_near(%s::bigint[])", [wanted])
        row: tuple[list[int]] = cursor.fetchone()
    return row[0]
