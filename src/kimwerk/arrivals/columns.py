"""What the columns of a delivered row are: their category of data, their type, and the official list of their codes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kimwerk.arrivals.types import COLUMNS, FAMILY
from kimwerk.arrivals.types import RegistrationField as F
from kimwerk.kernel.data_categories import DataCategory as D

SEXES: Mapping[str, str] = MappingProxyType({"male": "m", "female": "w", "diverse": "d", "unknown": "x"})
"""Our words for the letters of XInneres (Geschlecht); x is unknown."""


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """A column: which data it holds, and of which type it is in the words of Table Schema."""

    category: D
    type: str = "string"
    code_list: str = ""
    constraints: Mapping[str, object] = field(default_factory=dict)


def _text(category: D, longest: int = 120) -> ColumnKind:
    return ColumnKind(category, constraints={"maxLength": longest})


KINDS: Mapping[str, ColumnKind] = MappingProxyType(
    {
        F.MUNICIPALITY.value: ColumnKind(D.ADDRESS, code_list="AGS (Destatis)", constraints={"pattern": "[0-9]{8}"}),
        F.FAMILY_NAME.value: ColumnKind(D.IDENTITY, constraints={"required": True, "maxLength": 120}),
        F.GIVEN_NAMES.value: _text(D.IDENTITY),
        F.ORIGINAL_FAMILY.value: _text(D.IDENTITY),
        F.ORIGINAL_GIVEN.value: _text(D.IDENTITY),
        F.SEX.value: ColumnKind(D.IDENTITY, code_list="XInneres", constraints={"enum": sorted(SEXES.values())}),
        F.BIRTH_DATE.value: ColumnKind(D.IDENTITY, "date"),
        F.NATIONALITY.value: ColumnKind(D.IDENTITY, code_list="Destatis (BEV)", constraints={"pattern": "([0-9]{3})?"}),
        F.NEEDS_SCHOOL.value: ColumnKind(D.EDUCATION, "boolean"),
        F.NEEDS_CHILDCARE.value: ColumnKind(D.EDUCATION, "boolean"),
        F.IS_HEALTH_URGENT.value: ColumnKind(D.HEALTH, "boolean"),
        F.GUARDIAN.value: _text(D.FAMILY),
        F.STREET.value: _text(D.ADDRESS),
        F.POSTCODE.value: ColumnKind(D.ADDRESS, constraints={"pattern": "([0-9]{5})?"}),
        F.TOWN.value: _text(D.ADDRESS, 80),
        F.HOST.value: _text(D.HOUSING),
        F.PHONE.value: _text(D.CONTACT, 60),
        F.ARRIVED_ON.value: ColumnKind(D.RESIDENCE, "date"),
        FAMILY: ColumnKind(D.FAMILY, constraints={"minLength": 36, "maxLength": 36}),
    }
)


def categories_of(columns: Collection[str]) -> frozenset[D]:
    """The categories of data that these columns hold."""
    return frozenset(KINDS[column].category for column in columns)


def in_order(columns: Collection[str]) -> tuple[str, ...]:
    """Columns in the order of the form."""
    return tuple(column for column in COLUMNS if column in columns)
