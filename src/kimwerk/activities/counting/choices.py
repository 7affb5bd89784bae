"""To what a figure may be narrowed, and where the rows behind a number are listed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product

from django.http import QueryDict

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.activities.counting.axes import Lexicon
from kimwerk.activities.counting.count import PARTNER_KEY, TARGET_KEY
from kimwerk.activities.counting.dimensions import KIND_GROUP, MUNICIPALITY, SORT, SOURCES, STAFF, TIME
from kimwerk.activities.counting.question import slices_of
from kimwerk.activities.counting.reach import countable
from kimwerk.activities.types import MISSING_ID
from kimwerk.directory.models import Municipality, Organisation, Site
from kimwerk.kernel.figures import MISSING, Axis, FigureQuery, Member
from kimwerk.kernel.periods import Period

LISTED = {
    "kind": "kind", "channel": "channel", MUNICIPALITY: "municipality", "site": "site", STAFF: "person",
    "topic": "topic", "target_group": "target_group", "legal_circle": "legal_circle",
    "referral_target": "referral_target",
}  # fmt: skip
"""The parameter of the diary's list that narrows it to members of a dimension, by their ids."""


def choices(actor: Actor) -> Mapping[str, tuple[Member, ...]]:
    """Categories, and the municipalities and sites of the actor's districts. Three queries."""
    lexicon = Lexicon.read()
    found = {
        key: tuple(Member(c.code, c.label, c.colour) for c in lexicon.of(source))
        for key, source in SOURCES.items()
        if source.category_list and key != KIND_GROUP
    }
    reach = countable(actor)
    organisations = reach.organisations | {organisation for organisation, _place in reach.places}
    near = Municipality.objects.filter(district__in=_districts(organisations)).order_by("sort_key")
    towns = tuple(near.values_list("pk", "ags", "name"))
    sites = Site.objects.filter(municipality__in=[pk for pk, _ags, _name in towns]).order_by("sort_key")
    found[MUNICIPALITY] = tuple(Member(ags, name) for _pk, ags, name in towns)
    found["site"] = tuple(Member(str(pk), name) for pk, name in sites.values_list("pk", "name"))
    return found


def _districts(organisations: frozenset[int]) -> list[int]:
    found = Organisation.objects.filter(pk__in=organisations, district__isnull=False).values_list("district", flat=True)
    return sorted({pk for pk in found if pk is not None})


def row_links(actor: Actor, query: FigureQuery, axes: tuple[Axis, ...]) -> Mapping[tuple[str, ...], str]:
    """For each cell the query of the list that shows its rows; cells the list cannot show are left out.

    Only for those who may read the diary of an organisation: others would find less than was counted.
    """
    if not actor.can(Permission.ACTIVITY_READ):
        return {}
    ids = _ids_by_key()
    fixed = _fixed(query.only, ids)
    if fixed is None:
        return {}
    options = [
        [(m.key, _narrowed(axis.dimension.key, m.key, query.window, ids)) for m in axis.members] for axis in axes
    ]
    links = {}
    for combination in product(*options):
        parts = [part for _key, part in combination]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts):
            links[tuple(key for key, _part in combination)] = _address(query.window, fixed, known)
    return links


Part = Mapping[str, str] | Period
Ids = Mapping[str, Mapping[str, int]]


def _ids_by_key() -> Ids:
    lexicon = Lexicon.read()
    ids = {key: {c.code: c.pk for c in lexicon.of(SOURCES[key])} for key in LISTED if SOURCES[key].category_list}
    ids[MUNICIPALITY] = dict(Municipality.objects.values_list("ags", "pk"))
    return ids


def _narrowed(dimension: str, key: str, window: Period, ids: Ids) -> Part | None:
    if dimension in TIME:
        return next((part.covered for part in slices_of(SOURCES[dimension], window) if part.key == key), None)
    if dimension == SORT and key in {TARGET_KEY, PARTNER_KEY}:
        return {}
    if dimension not in LISTED:
        return None
    if key == MISSING:
        return {LISTED[dimension]: str(MISSING_ID)}
    number = ids[dimension].get(key) if dimension in ids else key
    return None if number is None else {LISTED[dimension]: str(number)}


def _fixed(only: Mapping[str, tuple[str, ...]], ids: Ids) -> dict[str, str] | None:
    """The filters of the question, if the list knows them all."""
    fixed: dict[str, str] = {}
    for dimension, keys in only.items():
        if not keys:
            continue
        if len(keys) > 1 or dimension in TIME or dimension not in LISTED:
            return None
        part = _narrowed(dimension, keys[0], Period(date.min, date.max), ids)
        if not isinstance(part, Mapping):
            return None
        fixed |= part
    return fixed


def _address(window: Period, fixed: Mapping[str, str], parts: list[Part]) -> str:
    query = QueryDict(mutable=True)
    days = next((part for part in parts if isinstance(part, Period)), window)
    for other in parts:
        if isinstance(other, Period):
            days = days.intersection(other) or days
    query.update({"first": days.first_day.isoformat(), "last": days.last_day.isoformat()})
    for part in (fixed, *(part for part in parts if not isinstance(part, Period))):
        query.update(dict(part))
    return query.urlencode()
