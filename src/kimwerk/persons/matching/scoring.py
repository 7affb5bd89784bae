"""How likely two registrations are one person, as sums of weights of evidence (log-odds).

Two registrations that resemble each other are one person, or two who resemble each other by chance, or two of one
household (siblings share a name and an address, twins a birth date too). So there are two scales: evidence against
chance, and evidence against a household. Each is a sum with one table per term. In a register twice as large everybody
has twice as many chance likenesses, so the odds against chance are half; a household stays as large as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from kimwerk.persons.matching.agreements import Agreements
from kimwerk.persons.matching.comparing import Born, Fact, Name
from kimwerk.persons.matching.register import RARITIES, Ints

Floats = NDArray[np.float64]
COLUMNS = {
    "given": len(Name),
    "family": len(Name),
    "given_rarity": len(RARITIES) + 1,
    "family_rarity": len(RARITIES) + 1,
    "crossed": 2,
    "born": len(Born),
    "sex": len(Fact),
    "place": len(Fact),
}
"""How many kinds of agreement each column has."""

TERMS: dict[str, tuple[str, ...]] = {
    "given": ("given", "given_rarity"),
    "family": ("family", "family_rarity"),
    "names": ("given", "family"),
    "crossed": ("crossed",),
    "born": ("born",),
    "born_given": ("born", "given"),
    "born_family": ("born", "family"),
    "born_place": ("born", "place"),
    "place": ("place",),
    "sex": ("sex", "given"),
}
"""What is added up: single agreements, and pairs of them that say more together than apart."""


@dataclass(frozen=True)
class Scale:
    """One sum of evidence: where it starts and what every kind of agreement adds."""

    start: float
    tables: Mapping[str, Floats]

    def contributions(self, agreements: Agreements) -> dict[str, Floats]:
        """What every term adds for every pair."""
        return {term: self.tables[term][cells] for term, cells in term_cells(agreements).items()}

    def log_odds(self, agreements: Agreements) -> Floats:
        """The sum of all contributions."""
        return sum(self.contributions(agreements).values(), np.full(len(agreements), self.start))


@dataclass(frozen=True)
class Weights:
    """The published weights: their version, the size of the register they were learned on, and both scales."""

    version: str
    size: int
    chance: Scale
    household: Scale

    @classmethod
    def from_json(cls, text: str) -> Weights:
        """Read what `to_json` wrote."""
        told = json.loads(text)
        scales = (
            Scale(told[name]["start"], {term: np.array(told[name][term], np.float64) for term in TERMS})
            for name in ("chance", "household")
        )
        return cls(told["version"], told["size"], *scales)

    def to_json(self) -> str:
        """One line per table, rounded to a thousandth."""
        parts = [f'"version": {json.dumps(self.version)}', f'"size": {self.size}']
        for name, scale in (("chance", self.chance), ("household", self.household)):
            lines = [f'"start": {scale.start:.3f}']
            for term, table in scale.tables.items():
                lines.append(f'"{term}": {json.dumps([round(weight, 3) for weight in table.tolist()])}')
            parts.append(f'"{name}": {{\n    ' + ",\n    ".join(lines) + "\n  }")
        return "{\n  " + ",\n  ".join(parts) + "\n}\n"

    def log_odds(self, agreements: Agreements, size: int) -> Floats:
        """Both alternatives together, in a register of that size."""
        against = np.log(max(size, 1) / self.size) - self.chance.log_odds(agreements)
        both: Floats = np.logaddexp(against, -self.household.log_odds(agreements))
        return -both


@cache
def published() -> Weights:
    """The weights that ship with kimwerk."""
    return Weights.from_json(files(__package__).joinpath("data", "weights.json").read_text(encoding="utf-8"))


def term_cells(agreements: Agreements) -> dict[str, Ints]:
    """Which cell of each term's table a pair falls into."""
    columns = agreements.columns()
    cells: dict[str, Ints] = {}
    for term, names in TERMS.items():
        cell = np.zeros(len(agreements), np.int64)
        for name in names:
            cell = cell * COLUMNS[name] + columns[name]
        cells[term] = cell
    return cells


def probability(log_odds: Floats) -> Floats:
    """From log-odds to a share between 0 and 1."""
    return 1 / (1 + np.exp(-np.clip(log_odds, -50, 50)))
