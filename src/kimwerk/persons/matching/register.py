"""Many registrations as columns, so that numpy compares millions of pairs at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from kimwerk.persons.matching.keys import blocking_keys
from kimwerk.persons.matching.registration import Registration
from kimwerk.persons.matching.sounds import readings, words

Ints = NDArray[np.int64]
SEXES = {"": 0, "m": 1, "f": 2, "d": 3, "x": 3}
RARITIES = (1e-4, 3e-4, 1e-3, 3e-3, 1e-2)
"""Shares of registrations that have a name; below the first, a name is rare, above the last, it is common."""


@dataclass(frozen=True)
class Register:
    """Columns of equal length; names are numbers into `names`, dates are yyyymmdd, 0 is unknown."""

    rec_ids: list[str]
    names: list[str]
    rarity: Ints
    given: Ints
    family: Ints
    born: Ints
    sex: Ints
    place: Ints
    keys: Ints
    key_owner: Ints

    @classmethod
    def of(
        cls,
        records: Iterable[Registration],
        commonness: Mapping[str, float] | None = None,
        numbers: Iterable[Iterable[int]] | None = None,
    ) -> Register:
        """Number the names, hash the blocking keys and measure how common every name is, here or as told.

        Who has the keys as numbers already passes them as `numbers`, one sequence a record; where no pairs are looked
        for, they are empty.
        """
        names: dict[str, int] = {"": 0}
        places: dict[str, int] = {"": 0}
        rows: list[tuple[int, int, int, int, int]] = []
        rec_ids: list[str] = []
        keys: list[Ints] = []
        known = iter(numbers) if numbers is not None else repeat(None)
        for record, own in zip(records, known, strict=False):
            rec_ids.append(record.rec_id)
            first, last = (names.setdefault(name, len(names)) for name in (record.given, record.family))
            home = places.setdefault(record.municipality, len(places))
            day = int(f"{record.birth_date:%Y%m%d}") if record.birth_date else 0
            rows.append((first, last, day, SEXES.get(record.sex, 0), home))
            hashed = (hash(key) for key in sorted(blocking_keys(record))) if own is None else own
            keys.append(np.fromiter(hashed, np.int64))
        given, family, born, sex, place = np.array(rows, np.int64).reshape(-1, 5).T
        listed = list(names)
        common = commonness if commonness is not None else shares(listed, given, family)
        return cls(
            rec_ids,
            listed,
            np.fromiter((rarity(name, common) for name in listed), np.int64, len(listed)),
            given,
            family,
            born,
            sex,
            place,
            np.concatenate([np.empty(0, np.int64), *keys]),
            np.repeat(np.arange(len(rec_ids)), [len(own) for own in keys]),
        )

    def __len__(self) -> int:
        return len(self.rec_ids)


def shares(names: list[str], given: Ints, family: Ints) -> dict[str, float]:
    """The share of registrations in which a word is heard, as given or family name."""
    uses = np.bincount(given, minlength=len(names)) + np.bincount(family, minlength=len(names))
    counts: Counter[str] = Counter()
    for name, count in zip(names, uses.tolist(), strict=True):
        for heard in {readings(word)[0] for word in words(name)}:
            counts[heard] += count
    return {heard: count / max(1, len(given)) for heard, count in counts.items()}


def rarity(name: str, common: Mapping[str, float]) -> int:
    """0 for a name that hardly anybody has up to 5 for one that everybody has, by its most common word."""
    share = max((common.get(readings(word)[0], 0.0) for word in words(name)), default=0.0)
    return sum(share > step for step in RARITIES)
