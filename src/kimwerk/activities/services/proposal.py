"""The mapping we propose for the statistics of the Land, taken over where the office has entered none.

The Land's own list is not published; what is proposed is ours. An office that began before there was a proposal, or
that has added nothing yet, takes it over in one go, and changes what it counts otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Category
from kimwerk.activities.policies import may_manage_categories
from kimwerk.activities.services.categories import map_category
from kimwerk.activities.services.loading import SCHEME, read_categories
from kimwerk.activities.types import LAND_SCHEME


@dataclass(frozen=True, slots=True)
class Proposed:
    """A category that the Land's statistics would count under this name."""

    category: Category
    label: str


def proposed_mappings() -> tuple[Proposed, ...]:
    """What the proposal adds: for categories that never had a name in the Land's scheme. One query, in their order."""
    labels = {(row["list"], row["code"]): row[SCHEME + LAND_SCHEME] for row in read_categories()}
    unmapped = Category.objects.exclude(mappings__scheme=LAND_SCHEME).order_by("category_list", "position", "label")
    found = ((each, labels.get((each.category_list, each.code), "")) for each in unmapped)
    return tuple(Proposed(each, label) for each, label in found if label)


@transaction.atomic
def adopt_proposal(*, actor: Actor, since: date | None = None) -> int:
    """Take over what is proposed, from a day on or for all days. Returns how many categories it is.

    What the office has entered stays, also where it took a name off from a day on. A second time adds nothing.
    """
    if not may_manage_categories(actor):
        raise PermissionDenied
    proposed = proposed_mappings()
    for each in proposed:
        map_category(actor=actor, category=each.category, mappings={LAND_SCHEME: each.label}, since=since)
    return len(proposed)
