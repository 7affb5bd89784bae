"""The rows of a list that match, and how many they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import Occasion, Registration
from kimwerk.arrivals.selectors.numbers import count_of
from kimwerk.arrivals.types import RowFilter
from kimwerk.kernel.names import sort_key
from kimwerk.persons.tokens import words_of

MOST_NAMED = 1_000
"""Rows of a name that are found by an index and counted; where more have it, a walk of the list finds some soon."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows in no order, and how many there are, or at least how many."""

    found: QuerySet[Registration]
    count: int
    is_at_least: bool = False


def rows_of(actor: Actor, occasion: Occasion, wanted: RowFilter) -> Rows:
    """The rows of an occasion that match."""
    found = Registration.objects.visible_to(actor).counting().filter(occasion=occasion)
    if wanted.municipality_id:
        found = found.filter(municipality=wanted.municipality_id)
    if wanted.state:
        found = found.filter(state=wanted.state.value)
    if wanted.finding:
        found = found.with_finding(wanted.finding)
    found = found.select_related("municipality")
    if not (words := words_of(wanted.name)):
        return Rows(found, count_of(actor, occasion, wanted))
    latin, original = sort_key(" ".join(words)).split(), [word.lower() for word in words]
    named = _named(occasion, latin, original)
    if len(named) <= MOST_NAMED:
        few = found.filter(pk__in=named)
        return Rows(few, few.count())
    many = found.filter(_begins(latin, ("sort_key",)) | _begins(original, ("original_family", "original_given")))
    return Rows(many, MOST_NAMED, is_at_least=True)


def _named(occasion: Occasion, latin: list[str], original: list[str]) -> list[int]:
    """Rows one of whose words begins with each of these words; one more than `MOST_NAMED` if there are more."""
    with connection.cursor() as cursor:
        asked = (occasion.pk, latin, original, MOST_NAMED + 1)
        cursor.execute("select arrivals_named(%s, %s::text[], %s::text[], %s)", asked)
        row: tuple[list[int]] = cursor.fetchone()
    return row[0]


def _begins(words: list[str], fields: tuple[str, ...]) -> Q:
    every = Q(pk__isnull=not words)  # without words: nobody
    for word in words:
        some = Q()
        for field in fields:
            some |= Q(**{f"{field}__istartswith": word}) | Q(**{f"{field}__icontains": f" {word}"})
        every &= some
    return every
