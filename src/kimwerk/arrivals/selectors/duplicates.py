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
    rows = list(near.select_related("municipality", "occasion").order_by("-pk")[:MOST_COMPARED])
    found = likenesses(who, [compared(row, row.municipality_id) for row in rows])
    likely = (Candidate(*each) for each in zip(rows, found, strict=True) if each[1].is_proposed)
    return tuple(sorted(likely, key=lambda each: (-each.likeness.score, each.row.pk)))


def registrations_near(numbers: list[int]) -> list[int]:
    """The rows of the actor's places that share one of the numbers, as the database finds them behind its walls."""
    wanted = worth_looking_up(numbers, largest_block(register_size()))
    with connection.cursor() as cursor:
        cursor.execute("select walls.registrations_near(%s::bigint[])", [wanted])
        row: tuple[list[int]] = cursor.fetchone()
    return row[0]
