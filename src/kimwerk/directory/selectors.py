"""Reads of the directory. Whoever is handed contacts is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Min

from kimwerk.directory.models import District, Municipality
from kimwerk.kernel.keys import NORTH_RHINE_WESTPHALIA

AACHEN = "05334002"
"""The one city within a county-like body that takes part in the programme beside it (§ 6 Aachen-Gesetz)."""


@dataclass(frozen=True, slots=True)
class KimBody:
    """One of the 54 counties and cities of the programme, by its official key of five or eight digits."""

    key: str
    name: str
    is_city: bool
    district_id: int
    municipality_id: int | None


def kim_bodies() -> list[KimBody]:
    """The counties, the Städteregion, the cities without a county, and Aachen, in the order of keys."""
    districts = (
        District.objects.filter(key__startswith=NORTH_RHINE_WESTPHALIA)
        .annotate(size=Count("municipalities"), only=Min("municipalities"), highest=Max("municipalities__ags"))
        .order_by("key")
    )
    bodies = [_body(district, district.size == 1 and district.highest.endswith("000"), district.only) for district in districts]
    bodies += [
        KimBody(AACHEN, city.name, True, city.district_id, city.pk) for city in Municipality.objects.filter(ags=AACHEN)
    ]
    return sorted(bodies, key=lambda body: body.key)


def kim_body(key: str) -> KimBody | None:
    """The body with this official key, or None."""
    return next((body for body in kim_bodies() if body.key == key), None)


def _body(district: District, is_city: bool, municipality_id: int) -> KimBody:
    return KimBody(district.key, district.name, is_city, district.pk, municipality_id if is_city else None)
