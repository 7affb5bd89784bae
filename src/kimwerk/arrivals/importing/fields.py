"""What a column of a list can hold, and the plan by which a file is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class ListField(StrEnum):
    """The facts of a row. Those of a registration bear the names of its columns."""

    FAMILY_NAME = "family_name"
    GIVEN_NAMES = "given_names"
    FULL_NAME = "full_name"  # "Muster, Maria" or "Maria Muster"
    ORIGINAL_FAMILY = "original_family"
    ORIGINAL_GIVEN = "original_given"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    AGE = "age"  # only to compare with the birth date
    NATIONALITY = "nationality"
    FAMILY = "family"  # whatever the members of a family have in common: a number, a letter
    MUNICIPALITY = "municipality"
    STREET = "street"
    POSTCODE = "postcode"
    TOWN = "town"  # with or without the postcode in front
    HOST = "host"
    PHONE = "phone"
    ARRIVED_ON = "arrived_on"
    NEEDS_SCHOOL = "needs_school"
    NEEDS_CHILDCARE = "needs_childcare"
    IS_HEALTH_URGENT = "is_health_urgent"
    GUARDIAN = "guardian"
    EXTERNAL_ID = "external_id"
    IGNORE = "ignore"


class PlanGap(StrEnum):
    """What a plan lacks before rows can be read by it."""

    NO_NAME = "no_name"
    NO_PLACE = "no_place"
    NO_ARRIVAL = "no_arrival"
    REPEATED_FIELD = "repeated_field"


_F = ListField
ALWAYS = frozenset(
    {_F.FAMILY_NAME, _F.FULL_NAME, _F.AGE, _F.FAMILY, _F.MUNICIPALITY, _F.ARRIVED_ON, _F.EXTERNAL_ID, _F.IGNORE}
)
"""What makes a row a row, and what is only looked at while it is read."""


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column with its heading and what it is taken for."""

    header: str
    field: ListField = ListField.IGNORE


@dataclass(frozen=True, slots=True)
class ListPlan:
    """How one list is read: its columns, and what holds for everybody where there is no column."""

    columns: tuple[MappedColumn, ...]
    municipality_id: int | None = None
    arrived_on: date | None = None
    nationality: str = ""
    is_month_first: bool = False

    def places(self) -> Mapping[ListField, int]:
        """The number of each field's column, from 0."""
        return {column.field: at for at, column in enumerate(self.columns) if column.field is not _F.IGNORE}

    def gaps(self) -> Iterator[PlanGap]:
        """Everything that keeps the plan from being used."""
        fields = [column.field for column in self.columns if column.field is not _F.IGNORE]
        if len(fields) != len(set(fields)):
            yield PlanGap.REPEATED_FIELD
        if not {_F.FAMILY_NAME, _F.FULL_NAME} & set(fields):
            yield PlanGap.NO_NAME
        if _F.MUNICIPALITY not in fields and self.municipality_id is None:
            yield PlanGap.NO_PLACE
        if _F.ARRIVED_ON not in fields and self.arrived_on is None:
            yield PlanGap.NO_ARRIVAL

    def kept_to(self, collected: Collection[str]) -> ListPlan:
        """The plan without columns that no office may have: what they hold is not read."""
        columns = (
            column if column.field in ALWAYS or column.field.value in collected else replace(column, field=_F.IGNORE)
            for column in self.columns
        )
        nationality = self.nationality if _F.NATIONALITY.value in collected else ""
        return replace(self, columns=tuple(columns), nationality=nationality)

    def with_fields(self, fields: Sequence[ListField]) -> ListPlan:
        """The plan with other meanings for its columns."""
        columns = zip(self.columns, fields, strict=True)
        return replace(self, columns=tuple(replace(column, field=field) for column, field in columns))

    def to_json(self) -> dict[str, object]:
        """The plan as it is stored."""
        return {
            "columns": [[column.header, column.field.value] for column in self.columns],
            "municipality": self.municipality_id,
            "arrived_on": self.arrived_on.isoformat() if self.arrived_on else None,
            "nationality": self.nationality,
            "is_month_first": self.is_month_first,
        }


def plan_from_json(stored: Mapping[str, object]) -> ListPlan:
    """The plan that was stored."""
    columns, place, day = stored.get("columns"), stored.get("municipality"), stored.get("arrived_on")
    return ListPlan(
        tuple(MappedColumn(str(header), ListField(field)) for header, field in columns)
        if isinstance(columns, list)
        else (),
        municipality_id=place if isinstance(place, int) else None,
        arrived_on=date.fromisoformat(day) if isinstance(day, str) else None,
        nationality=str(stored.get("nationality") or ""),
        is_month_first=stored.get("is_month_first") is True,
    )
