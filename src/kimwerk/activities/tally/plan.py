"""How one tally is read: what its columns mean, and what holds for everything it has no column for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, replace
from enum import StrEnum

from kimwerk.activities.tally.fields import Certainty, MappedColumn, Mapping, TallyField

_F = TallyField


class PlanGap(StrEnum):
    """What a plan lacks before rows can be read by it."""

    NO_DAY = "no_day"
    NO_KIND = "no_kind"
    NO_PLACE = "no_place"
    NO_STAFF = "no_staff"
    REPEATED_FIELD = "repeated_field"


@dataclass(frozen=True, slots=True)
class TallyPlan:
    """The mapping of the columns, defaults for the facts without one, and how days and totals are meant.

    `year` completes days written without one. `is_month_first` reads 4/21/2022 as the 21st of April.
    `partner_kinds` are kinds whose participants are partners where the tally has only a total.
    """

    mapping: Mapping
    kind_id: int | None = None
    channel_id: int | None = None
    municipality_id: int | None = None
    site_id: int | None = None
    staff_id: int | None = None
    year: int | None = None
    is_month_first: bool = False
    partner_kinds: frozenset[int] = frozenset()

    def gaps(self) -> Iterator[PlanGap]:
        """Everything that keeps the plan from being used."""
        has = {column.field for column in self.mapping.columns}
        if self.mapping.repeated():
            yield PlanGap.REPEATED_FIELD
        if _F.DAY not in has:
            yield PlanGap.NO_DAY
        if _F.KIND not in has and self.kind_id is None:
            yield PlanGap.NO_KIND
        if not has & {_F.MUNICIPALITY, _F.SITE} and self.municipality_id is None and self.site_id is None:
            yield PlanGap.NO_PLACE
        if _F.STAFF not in has and self.staff_id is None:
            yield PlanGap.NO_STAFF

    def fitted_to(self, headers: Sequence[str]) -> TallyPlan:
        """The plan for a file whose columns may stand in another order."""
        return replace(self, mapping=self.mapping.fitted_to(headers))

    def to_json(self) -> dict[str, object]:
        """The plan as it is stored."""
        return {
            "columns": [
                {"header": column.header, "field": column.field.value, "certainty": column.certainty.value}
                for column in self.mapping.columns
            ],
            "defaults": {name: getattr(self, f"{name}_id") for name in DEFAULTS},
            "year": self.year,
            "is_month_first": self.is_month_first,
            "partner_kinds": sorted(self.partner_kinds),
        }


DEFAULTS = ("kind", "channel", "municipality", "site", "staff")


def plan_from_json(stored: Lookup[str, object]) -> TallyPlan:
    """A stored plan. What is no longer understood is left out."""
    columns, defaults = stored.get("columns"), stored.get("defaults")
    defaults = defaults if isinstance(defaults, dict) else {}
    kinds, year = stored.get("partner_kinds"), stored.get("year")
    return TallyPlan(
        mapping=Mapping(tuple(_columns(columns if isinstance(columns, list) else []))),
        kind_id=_number(defaults.get("kind")),
        channel_id=_number(defaults.get("channel")),
        municipality_id=_number(defaults.get("municipality")),
        site_id=_number(defaults.get("site")),
        staff_id=_number(defaults.get("staff")),
        year=_number(year),
        is_month_first=stored.get("is_month_first") is True,
        partner_kinds=frozenset(kind for kind in (kinds if isinstance(kinds, list) else []) if isinstance(kind, int)),
    )


def _columns(stored: list[object]) -> Iterator[MappedColumn]:
    for column in stored:
        known = column if isinstance(column, dict) else {}
        try:
            field, certainty = TallyField(str(known.get("field"))), Certainty(str(known.get("certainty", "chosen")))
        except ValueError:
            field, certainty = TallyField.IGNORE, Certainty.NONE
        yield MappedColumn(str(known.get("header", "")), field, certainty)


def _number(stored: object) -> int | None:
    return stored if isinstance(stored, int) and not isinstance(stored, bool) else None
