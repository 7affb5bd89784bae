"""Learns the weights of the matcher from labelled registrations: python -m scripts.matching.train DEVELOPMENT.csv

Both scales are logistic regressions on kinds of agreement, held back by a ridge so that what was seldom seen weighs
little. Against chance, pairs of one person stand beside pairs of strangers. Strangers that resemble each other are few
in the file itself, so birth dates and municipalities are dealt out anew, again and again: between strangers they do
not depend on the name. Against a household, pairs of one person stand beside pairs of neighbouring numbers.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kimwerk.persons.matching.agreements import Agreements, compare
from kimwerk.persons.matching.candidates import candidate_pairs
from kimwerk.persons.matching.register import Ints, Register
from kimwerk.persons.matching.scoring import COLUMNS, TERMS, Floats, Scale, Weights, term_cells
from scripts.matching.labelled import Labelled

WEIGHTS = Path("src/kimwerk/persons/matching/data/weights.json")
VERSION = "2026.1"
DEALS = 12
"""How often birth dates and municipalities are dealt out anew."""
RIDGE, STEPS = 2.0, 40

SIZES = [int(np.prod([COLUMNS[column] for column in columns])) for columns in TERMS.values()]
STARTS = np.cumsum([0, *SIZES])


@dataclass(frozen=True)
class Examples:
    """Pairs as cells of the terms' tables, whether they are one person, and how much each counts."""

    cells: Ints
    same: Ints
    weight: Floats


def main() -> None:
    """Learn from a file and write the weights."""
    development = Labelled.read(Path(sys.argv[1]))
    WEIGHTS.write_text(train(development).to_json(), encoding="utf-8")


def train(labelled: Labelled, seed: int = 1) -> Weights:
    """Learn both scales."""
    register = Register.of(labelled.records)
    pairs = candidate_pairs(register)
    cells = cells_of(compare(register, pairs))
    same, near = labelled.is_one_person(pairs), labelled.is_one_household(pairs)
    strangers = [cells[:, near == 0], *(dealt_cells(labelled, seed + deal) for deal in range(DEALS))]
    chance = join(
        Examples(cells[:, same == 1], np.ones(same.sum(), np.int64), np.ones(same.sum())),
        *(
            Examples(part, np.zeros(part.shape[1], np.int64), np.full(part.shape[1], 1 / (DEALS + 1)))
            for part in strangers
        ),
    )
    household = Examples(cells[:, near == 1], same[near == 1], np.ones(near.sum()))
    return Weights(VERSION, len(register), fit(chance), fit(household))


def dealt_cells(labelled: Labelled, seed: int) -> Ints:
    """Pairs of strangers after birth dates and municipalities were dealt out anew."""
    deal = np.random.default_rng(seed)
    dates, places = deal.permutation(len(labelled.records)).tolist(), deal.permutation(len(labelled.records)).tolist()
    records = [
        replace(record, birth_date=labelled.records[at].birth_date, municipality=labelled.records[there].municipality)
        for record, at, there in zip(labelled.records, dates, places, strict=True)
    ]
    register = Register.of(records)
    pairs = candidate_pairs(register)
    return cells_of(compare(register, pairs[:, labelled.is_one_household(pairs) == 0]))


def cells_of(agreements: Agreements) -> Ints:
    """One row per term, counted through all tables."""
    cells: Ints = np.stack(list(term_cells(agreements).values())) + STARTS[:-1, None]
    return cells


def join(*examples: Examples) -> Examples:
    """All examples as one."""
    return Examples(
        np.concatenate([part.cells for part in examples], axis=1),
        np.concatenate([part.same for part in examples]),
        np.concatenate([part.weight for part in examples]),
    )


def fit(examples: Examples) -> Scale:
    """Logistic regression by Newton's method, on distinct combinations of cells."""
    cells, back = np.unique(examples.cells, axis=1, return_inverse=True)
    hits = np.bincount(back.ravel(), examples.weight * examples.same)
    total = np.bincount(back.ravel(), examples.weight)
    design = np.zeros((cells.shape[1], STARTS[-1] + 1), np.float32)
    design[np.arange(cells.shape[1])[:, None], cells.T] = 1
    design[:, -1] = 1
    ridge = np.full(design.shape[1], RIDGE)
    ridge[-1] = 1e-3
    weights = np.zeros(design.shape[1])
    weights[-1] = np.log(hits.sum() / (total - hits).sum())
    for _ in range(STEPS):
        expected = 1 / (1 + np.exp(-(design @ weights)))
        slope = design.T @ (hits - total * expected) - ridge * weights
        curvature = (design * (total * expected * (1 - expected))[:, None].astype(np.float32)).T @ design
        step = np.linalg.solve(curvature + np.diag(ridge), slope)
        weights += step * min(1.0, 4 / np.abs(step).max())
        if np.abs(step).max() < 1e-3:
            break
    tables = {term: weights[start : start + size] for term, start, size in zip(TERMS, STARTS, SIZES, strict=False)}
    return Scale(float(weights[-1]), tables)


if __name__ == "__main__":
    main()
