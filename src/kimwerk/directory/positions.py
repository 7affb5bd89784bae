"""Where municipalities lie: a point for each, to the hundredth of a degree, enough for a sketch of a county."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees of WGS 84."""

    latitude: float
    longitude: float


@cache
def positions() -> Mapping[str, Position]:
    """The position of each municipality of North Rhine-Westphalia by its key (AGS)."""
    source = files("kimwerk.directory").joinpath("data", "nrw_positions.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return {row["ags"]: Position(float(row["latitude"]), float(row["longitude"])) for row in rows}
