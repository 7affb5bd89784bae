"""Lists of municipalities: the one that comes along, and official ones in genericode.

Only North Rhine-Westphalia is taken over: the programme is the Land's own, and only there can the
regional key be told from the municipality key.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from kimwerk.directory.genericode import CodeList, ListError, ListProblem, read_code_list
from kimwerk.kernel.keys import NORTH_RHINE_WESTPHALIA, Ags, Ars

CENSUS_DAY = date(2022, 5, 15)
"""The reference day of the population in the list that comes along."""

NAME_COLUMNS = frozenset({"bezeichnung", "name", "gemeindename", "gemeinde", "label", "codename", "beschreibung"})
"""Short names under which official lists keep the name of a place."""

DISTRICT, MUNICIPALITY, REGIONAL = 5, 8, 12
LEVELS_ABOVE = {2, 3, 9}
"""Lengths of keys of a Land, an administrative district and an association of municipalities."""


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A municipality as a list gives it. The population is None where the list has none."""

    ags: Ags
    ars: Ars
    official_name: str
    district_name: str
    population: int | None = None
    population_on: date | None = None

    @property
    def name(self) -> str:
        """The name without its epithet: "Hennef (Sieg), Stadt" is Hennef (Sieg)."""
        return common_name(self.official_name)


def common_name(official: str) -> str:
    """A place's name as people say it: without "Stadt", "Hansestadt" and the like after the comma."""
    return official.partition(",")[0].strip()


def district_name(official: str, *, is_city: bool) -> str:
    """A district's name as it calls itself: "Kreis Kleve", "Rhein-Sieg-Kreis", "Bonn"."""
    name = common_name(official)
    if is_city or "kreis" in name.casefold() or name.startswith("Städteregion"):
        return name
    return f"Kreis {name}"


def shipped_places() -> list[PlaceEntry]:
    """All 396 municipalities of North Rhine-Westphalia with their population of 15 May 2022."""
    text = files("kimwerk.directory").joinpath("data/nrw_municipalities.csv").read_text(encoding="utf-8")
    return [
        PlaceEntry(
            ags=Ags(row["ags"]),
            ars=Ars(row["ars"]),
            official_name=row["name"],
            district_name=district_name(row["district_name"], is_city=row["ags"].endswith("000")),
            population=int(row["population"]),
            population_on=CENSUS_DAY,
        )
        for row in csv.DictReader(text.splitlines())
    ]


def places_from_genericode(content: bytes) -> list[PlaceEntry]:
    """The municipalities of North Rhine-Westphalia in an official list of AGS or ARS. Raises ListError.

    Districts take their names from the list, else from the one that comes along.
    """
    code_list = read_code_list(content)
    keyed = list(_of_nrw(code_list, _name_column(code_list)))
    names = {place.ags.district.digits: place.district_name for place in shipped_places()}
    in_district = Counter(key[:DISTRICT] for _, key, _ in keyed if len(key) == MUNICIPALITY)
    cities = {key[:DISTRICT] for _, key, _ in keyed if key.endswith("000") and in_district[key[:DISTRICT]] == 1}
    places = []
    for line, key, name in keyed:
        district = key[:DISTRICT]
        if len(key) == DISTRICT or (key.endswith("000") and district not in cities):
            names[district] = district_name(name, is_city=district in cities)
        else:
            places.append((line, Ags(key), name))
    if not places:
        raise ListError(ListProblem.NOTHING_OF_NRW)
    return [_entry(line, ags, name, names) for line, ags, name in places]


def _entry(line: int, ags: Ags, name: str, district_names: dict[str, str]) -> PlaceEntry:
    if ags.district.digits not in district_names:
        raise ListError(ListProblem.DISTRICT_UNNAMED, line, ags.district.digits)
    return PlaceEntry(ags, _ars_in_nrw(ags), name, district_names[ags.district.digits])


def _ars_in_nrw(ags: Ags) -> Ars:
    """North Rhine-Westphalia has no associations of municipalities: each stands for itself."""
    return Ars(f"{ags.district}0{ags.gemeinde}{ags.gemeinde}")


def _name_column(code_list: CodeList) -> str:
    others = [column for column in code_list.columns if column.id != code_list.key]
    named = [column.id for column in others if {column.name.casefold(), column.id.casefold()} & NAME_COLUMNS]
    if named:
        return named[0]
    if len(others) == 1:
        return others[0].id
    raise ListError(ListProblem.NO_NAME_COLUMN, found=", ".join(column.name for column in others))


def _of_nrw(code_list: CodeList, name_column: str) -> Iterator[tuple[int, str, str]]:
    """Line, key of five or eight digits, and name of every district and municipality of the Land."""
    seen: set[str] = set()
    for line, key, name in _checked(code_list, name_column):
        if not key.startswith(NORTH_RHINE_WESTPHALIA) or len(key) in LEVELS_ABOVE or key[3:5] == "00":
            continue
        short = Ars(key).ags.digits if len(key) == REGIONAL else key
        if short in seen:
            raise ListError(ListProblem.KEY_TWICE, line, key)
        seen.add(short)
        yield line, short, name


def _checked(code_list: CodeList, name_column: str) -> Iterable[tuple[int, str, str]]:
    for row in code_list.rows:
        key, name = row.values.get(code_list.key, ""), row.values.get(name_column, "")
        if not (key.isascii() and key.isdigit() and len(key) in {DISTRICT, MUNICIPALITY, REGIONAL} | LEVELS_ABOVE):
            raise ListError(ListProblem.KEY_MALFORMED, row.line, key)
        if not name:
            raise ListError(ListProblem.NAME_MISSING, row.line, key)
        yield row.line, key, name
