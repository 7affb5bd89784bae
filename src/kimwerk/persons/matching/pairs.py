"""The proposed pairs of a whole register: candidates, scores, groups, reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kimwerk.persons.matching.agreements import NameBook, compare
from kimwerk.persons.matching.candidates import candidate_pairs
from kimwerk.persons.matching.clusters import agreed_pairs
from kimwerk.persons.matching.reasons import Reason, reasons_for
from kimwerk.persons.matching.register import Ints, Register
from kimwerk.persons.matching.registration import Registration
from kimwerk.persons.matching.scoring import Floats, Weights, probability, published

PROPOSE, ALMOST_CERTAIN = 0.3, 0.9
"""Probabilities from which a pair is proposed, and almost certain; error rates in docs/reference/dubletten.md."""

PROPOSE_IN_LARGE, LARGE = 0.2, 50_000
"""In so large a register scores are cautious: from here on more is found, and hardly more of it is wrong."""

WORTH_A_THOUGHT = -6.0
"""Log-odds below which a pair cannot even speak against a group."""

PORTION = 1_000_000
"""Pairs compared at once; more need more memory and are not faster."""


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """Two registrations that may be one person."""

    rec_id_a: str
    rec_id_b: str
    score: float
    reasons: tuple[Reason, ...]

    @property
    def is_almost_certain(self) -> bool:
        """Whether the pair reaches the upper threshold."""
        return self.score >= ALMOST_CERTAIN


def find_duplicates(records: Iterable[Registration], propose: float | None = None) -> list[ProposedPair]:
    """All pairs from that probability on, the smaller position first, in order; without one, by the register's size."""
    register, weights = Register.of(records), published()
    propose = threshold_for(len(register)) if propose is None else propose
    pairs, odds = likely_pairs(register, weights)
    threshold = float(np.log(propose / (1 - propose)))
    agreed = sorted(agreed_pairs(zip(*pairs.tolist(), odds.tolist(), strict=True), threshold))
    if not agreed:
        return []
    ones, others, sums = zip(*agreed, strict=True)
    reasons = reasons_for(weights, compare(register, np.array([ones, others], np.int64)))
    scores = probability(np.array(sums)).round(4).tolist()
    rec_ids = register.rec_ids
    return [
        ProposedPair(rec_ids[one], rec_ids[other], score, why)
        for one, other, score, why in zip(ones, others, scores, reasons, strict=True)
    ]


def threshold_for(size: int) -> float:
    """The probability from which a pair of a register of that size is proposed."""
    return PROPOSE if size < LARGE else PROPOSE_IN_LARGE


def likely_pairs(register: Register, weights: Weights) -> tuple[Ints, Floats]:
    """The candidate pairs that are not plainly strangers, and their log-odds."""
    candidates, book = candidate_pairs(register), NameBook(register)
    kept, kept_odds = [candidates[:, :0]], [np.empty(0)]
    for start in range(0, candidates.shape[1], PORTION):
        portion = candidates[:, start : start + PORTION]
        odds = weights.log_odds(compare(register, portion, book), len(register))
        kept.append(portion[:, odds > WORTH_A_THOUGHT])
        kept_odds.append(odds[odds > WORTH_A_THOUGHT])
    return np.concatenate(kept, axis=1), np.concatenate(kept_odds)
