"""Per 1,000 inhabitants or foreign nationals: counts of municipalities of different size made comparable.

Inhabitants come from the directory, foreign nationals from the census list that comes along (see `data/README.md`).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files

from django.db.models import Q
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.directory.place_list import CENSUS_DAY
from kimwerk.kernel import german
from kimwerk.kernel.figures import Axis, Counted, Figure, FigureTable, Member, Unit, Value
from kimwerk.reporting.datasets import ROOM as FILES

THOUSAND = 1_000
PLACE_KEYS = frozenset({"municipality", "need_municipality"})
"""Dimensions whose members are municipalities by their official key."""

PLACES = 1
COUNTS = frozenset({
    Unit.ACTIVITIES, Unit.PARTICIPANTS, Unit.CASES, Unit.PERSONS, Unit.HOUSEHOLDS, Unit.CONTACTS, Unit.REFERRALS,
    Unit.NEEDS, Unit.EVENTS,
})  # fmt: skip
"""Units that can be related to a population."""


class Denominator(StrEnum):
    """To whom counts are related."""

    INHABITANTS = "inhabitants"
    FOREIGN_NATIONALS = "foreign_nationals"


UNITS = {
    Denominator.INHABITANTS: Unit.PER_THOUSAND_INHABITANTS,
    Denominator.FOREIGN_NATIONALS: Unit.PER_THOUSAND_FOREIGN_NATIONALS,
}


Places = Mapping[str, tuple[Member, int | None]]
"""Municipalities by key, with the people to whom counts are related; None where their number is not known."""


@cache
def foreign_nationals() -> Mapping[str, int]:
    """Residents without German citizenship by municipality key, from the share that the census gives."""
    text = (files("kimwerk.reporting") / "data" / "nrw_foreign_nationals.csv").read_text(encoding="utf-8")
    return {
        row["ags"]: int(
            (int(row["population"]) * Decimal(row["foreign_percent"]) / 100).to_integral_value(ROUND_HALF_UP)
        )
        for row in csv.DictReader(text.splitlines())
    }


def may_relate(figure: Figure[Actor]) -> bool:
    """Whether the figure counts something that can be related to the people of a municipality."""
    if figure.room == FILES:
        return False
    return (figure.is_additive and figure.unit in COUNTS) or figure.unit is Unit.PERSONS


def related(actor: Actor, table: FigureTable[Actor], to: Denominator) -> FigureTable[Actor]:
    """The table per 1,000 people. Municipalities of the own districts stand in it even if nothing was counted there.

    The total is related to the people of all municipalities in the table, or of the own districts if it has none.
    What was counted without a place is in the total, and related to nobody alone.
    """
    places, counted = _places(actor, table, to), table.counted
    known = [people for _member, people in places.values() if people]
    everybody = sum(known) if len(known) == len(places) else None
    at = next((n for n, axis in enumerate(counted.axes) if axis.dimension.key in PLACE_KEYS), None)

    def rate(key: tuple[str, ...], value: Value) -> Value:
        people = everybody if at is None else places.get(key[at], (None, None))[1]
        return _per_thousand(value, people)

    cells = {key: rate(key, value) for key, value in counted.cells.items()}
    axes = (
        counted.axes
        if at is None
        else (*counted.axes[:at], _with_all(counted.axes[at], places), *counted.axes[at + 1 :])
    )
    figure = replace(table.figure, unit=UNITS[to], places=PLACES, is_additive=False)
    total = _per_thousand(counted.total, everybody)
    return replace(table, figure=figure, counted=Counted(axes, cells, total))


def source_of(to: Denominator) -> str:
    """Whose number the people are, of which day, and under which licence."""
    words = {"day": german.day(CENSUS_DAY)}
    if to is Denominator.INHABITANTS:
        return (
            _(
                "Inhabitants: census 2022, %(day)s, © statistical offices of the Federation and its states, "
                "dl-de/by-2-0, unless another list was loaded into the directory."
            )
            % words
        )
    return (
        _(
            "Foreign nationals: reckoned from their share in the census 2022, %(day)s, "
            "© statistical offices of the Federation and its states, dl-de/by-2-0."
        )
        % words
    )


def _places(actor: Actor, table: FigureTable[Actor], to: Denominator) -> Places:
    """The municipalities that were asked for; without a choice those of the own districts and all that were met."""
    chosen = next((keys for key, keys in table.query.only.items() if key in PLACE_KEYS), ())
    found = Municipality.objects.filter(ags__in=chosen)
    if not chosen:
        mine = actor.scope(Permission.FIGURE_READ).touched_organisations
        if table.query.organisation is not None:
            mine &= {table.query.organisation}
        districts = Organisation.objects.filter(pk__in=mine, district__isnull=False).values("district")
        met = [m.key for axis in table.counted.axes if axis.dimension.key in PLACE_KEYS for m in axis.members]
        found = Municipality.objects.filter(Q(district__in=districts) | Q(ags__in=met))
    foreign = foreign_nationals() if to is Denominator.FOREIGN_NATIONALS else None
    rows = found.order_by("sort_key").values_list("ags", "name", "population")
    return {ags: (Member(ags, name), people if foreign is None else foreign.get(ags)) for ags, name, people in rows}


def _with_all(axis: Axis, places: Places) -> Axis:
    rest = [member for member in axis.members if member.key not in places]
    return Axis(axis.dimension, (*(member for member, _people in places.values()), *rest))


def _per_thousand(value: Value, people: int | None) -> Value:
    return None if value is None or not people else Decimal(value) * THOUSAND / people
