"""Labelled registrations: who is who is known."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kimwerk.persons.matching.reading import registration
from kimwerk.persons.matching.register import Ints
from kimwerk.persons.matching.registration import Registration

HOUSEHOLD = 3
"""Persons whose numbers differ by at most so much may be of one household: the development set numbers them so."""


@dataclass(frozen=True)
class Labelled:
    """Registrations, and for each the number of its person; persons of one household have neighbouring numbers."""

    records: list[Registration]
    person: Ints
    origin: list[str]

    @classmethod
    def read(cls, path: Path) -> Labelled:
        """Read a CSV file with the column person_id (`1234-UA`)."""
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        numbers, origins = zip(*(row["person_id"].split("-") for row in rows), strict=True)
        return cls([registration(row) for row in rows], np.array(numbers, np.int64), list(origins))

    def part(self, chosen: Ints) -> Labelled:
        """Some of the registrations."""
        positions = chosen.tolist()
        return Labelled(
            [self.records[at] for at in positions], self.person[chosen], [self.origin[at] for at in positions]
        )

    def is_one_person(self, pairs: Ints) -> Ints:
        """1 for pairs of one person, 0 for others."""
        return np.where(self.person[pairs[0]] == self.person[pairs[1]], 1, 0)

    def is_one_household(self, pairs: Ints) -> Ints:
        """1 for pairs of neighbouring numbers, or of one person."""
        return np.where(np.abs(self.person[pairs[0]] - self.person[pairs[1]]) <= HOUSEHOLD, 1, 0)

    def true_pairs(self) -> int:
        """How many pairs there are to be found."""
        sizes = np.unique(self.person, return_counts=True)[1]
        return int((sizes * (sizes - 1) // 2).sum())
