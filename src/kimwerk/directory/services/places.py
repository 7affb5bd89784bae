"""Bringing the official list of municipalities in. Done by the operator, as the owner role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from kimwerk.directory.models import District, Municipality
from kimwerk.directory.place_list import PlaceEntry, shipped_places
from kimwerk.kernel.names import sort_key

FIELDS = ("ars", "name", "official_name", "sort_key", "district_id", "population", "population_on")


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """How many municipalities the list made, changed and left; and those it does not name, by AGS."""

    created: int
    changed: int
    unchanged: int
    not_in_list: tuple[str, ...]


@transaction.atomic
def load_municipalities(entries: Iterable[PlaceEntry] | None = None) -> LoadOutcome:
    """Make districts and municipalities equal to the list (by default the one that comes along).

    A second run changes nothing. A list without population keeps the one that is known, and a
    municipality that the list does not name stays: entries of the diary may refer to it.
    """
    listed = list(entries if entries is not None else shipped_places())
    districts = _load_districts({entry.ags.district.digits: entry.district_name for entry in listed})
    known = {municipality.ags: municipality for municipality in Municipality.objects.select_for_update()}
    new, changed = [], []
    for entry in listed:
        current = known.get(entry.ags.digits)
        wanted = _wanted(entry, districts[entry.ags.district.digits], current)
        if current is None:
            new.append(wanted)
        elif any(getattr(current, name) != getattr(wanted, name) for name in FIELDS):
            wanted.pk = current.pk
            changed.append(wanted)
    Municipality.objects.bulk_create(new)
    Municipality.objects.bulk_update(changed, [name.removesuffix("_id") for name in FIELDS])
    return LoadOutcome(
        created=len(new),
        changed=len(changed),
        unchanged=len(listed) - len(new) - len(changed),
        not_in_list=tuple(sorted(known.keys() - {entry.ags.digits for entry in listed})),
    )


def _load_districts(names: dict[str, str]) -> dict[str, int]:
    """The primary keys of districts by their official keys."""
    District.objects.bulk_create(
        [District(key=key, name=name, sort_key=sort_key(name)) for key, name in names.items()],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["name", "sort_key"],
    )
    return dict(District.objects.filter(key__in=names).values_list("key", "pk"))


def _wanted(entry: PlaceEntry, district_id: int, current: Municipality | None) -> Municipality:
    keeps = entry.population is None and current is not None
    return Municipality(
        ags=entry.ags.digits,
        ars=entry.ars.digits,
        name=entry.name,
        official_name=entry.official_name,
        sort_key=sort_key(entry.name),
        district_id=district_id,
        population=current.population if keeps and current else entry.population,
        population_on=current.population_on if keeps and current else entry.population_on,
    )
