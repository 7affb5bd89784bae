"""One municipality in what was published: its numbers, set against its residents and the whole county."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

from kimwerk.reporting.public.results import PublicTableJson
from kimwerk.reporting.public.tables import ROOT

PLACES = frozenset({"municipality", "need_municipality", "agreement_municipality"})
PER = 1000
"""Residents to which numbers are related."""


class SheetLine(TypedDict):
    """A number of a municipality beside that of the county; rates are per 1,000 residents, as exact texts.

    What counts nobody, such as needs and agreements, does not grow with the residents and has no rate.
    """

    title: str
    unit: str
    value: int | None
    county: int | None
    rate: str | None
    county_rate: str | None


class SheetPart(TypedDict):
    """What a crossed table tells of the municipality."""

    title: str
    unit: str
    rows: list[tuple[str, int | None]]


class SheetJson(TypedDict):
    """The page of a municipality."""

    ags: str
    name: str
    residents: int | None
    residents_on: str
    lines: list[SheetLine]
    parts: list[SheetPart]


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality with its residents."""

    ags: str
    name: str
    residents: int | None
    residents_on: str


def sheets_of(tables: Sequence[PublicTableJson], places: Sequence[Place]) -> tuple[SheetJson, ...]:
    """A sheet for each municipality that a published table names, by name."""
    named = {member["key"] for table in tables for member in _places_in(table)}
    known = [place for place in places if place.ags in named]
    everybody = sum(place.residents or 0 for place in places) if all(place.residents for place in places) else None
    return tuple(_sheet(tables, place, everybody) for place in sorted(known, key=lambda place: place.name))


def rate_of(value: int | None, residents: int | None) -> str | None:
    """So many per 1,000 residents, with one decimal; None where a number or the residents are missing."""
    if value is None or not residents:
        return None
    return f"{Decimal(value) * PER / residents:.1f}"


def _sheet(tables: Sequence[PublicTableJson], place: Place, everybody: int | None) -> SheetJson:
    return {
        "ags": place.ags,
        "name": place.name,
        "residents": place.residents,
        "residents_on": place.residents_on,
        "lines": list(_lines(tables, place, everybody)),
        "parts": list(_parts(tables, place)),
    }


def _lines(tables: Sequence[PublicTableJson], place: Place, everybody: int | None) -> Iterator[SheetLine]:
    for table in tables:
        if len(table["dimensions"]) == 1 and any(member["key"] == place.ags for member in _places_in(table)):
            values = _values(table)
            value, county = values.get((place.ags,)), values.get((ROOT,))
            yield {
                "title": table["title"],
                "unit": table["unit"],
                "value": value,
                "county": county,
                "rate": rate_of(value, place.residents) if table["is_protected"] else None,
                "county_rate": rate_of(county, everybody) if table["is_protected"] else None,
            }


def _parts(tables: Sequence[PublicTableJson], place: Place) -> Iterator[SheetPart]:
    for table in tables:
        axes = table["dimensions"]
        at = next((position for position, axis in enumerate(axes) if axis["key"] in PLACES), None)
        if at is None or len(axes) != 2:
            continue
        other = axes[1 - at]
        values = _values(table)
        rows = [
            (member["label"], values[key])
            for member in other["members"]
            for key in [(place.ags, member["key"]) if at == 0 else (member["key"], place.ags)]
            if key in values
        ]
        if rows:
            yield {"title": table["title"], "unit": table["unit"], "rows": rows}


def _places_in(table: PublicTableJson) -> Iterator[Mapping[str, str]]:
    for axis in table["dimensions"]:
        if axis["key"] in PLACES:
            yield from ({"key": member["key"]} for member in axis["members"] if member["key"] != ROOT)


def _values(table: PublicTableJson) -> dict[tuple[str, ...], int | None]:
    return {
        tuple(cell["members"]): None if cell["value"] is None else int(Decimal(cell["value"]))
        for cell in table["cells"]
    }
