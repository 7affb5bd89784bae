"""How likely somebody is one of a few others, by the published weights, in a register as large as this one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from kimwerk.persons.identity import number_of, sounds_of
from kimwerk.persons.matching.agreements import compare
from kimwerk.persons.matching.pairs import ALMOST_CERTAIN, PORTION, PROPOSE
from kimwerk.persons.matching.reasons import Reason, reasons_for
from kimwerk.persons.matching.register import Ints, Register
from kimwerk.persons.matching.registration import Registration as Compared
from kimwerk.persons.matching.scoring import probability, published
from kimwerk.persons.models import CommonKey


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two are one person, and why."""

    score: float
    reasons: tuple[Reason, ...]

    @property
    def is_proposed(self) -> bool:
        """Whether it reaches the lower threshold: somebody should look."""
        return self.score >= PROPOSE

    @property
    def is_almost_certain(self) -> bool:
        """Whether it reaches the upper threshold."""
        return self.score >= ALMOST_CERTAIN


def likenesses(who: Compared, others: Sequence[Compared]) -> list[Likeness]:
    """Somebody compared with each of the others, in their order."""
    count = len(others)
    return pair_likenesses([who, *others], np.array([np.zeros(count), np.arange(1, count + 1)], np.int64))


def pair_likenesses(people: Sequence[Compared], pairs: Ints) -> list[Likeness]:
    """Pairs of people, given by their positions.

    A register is never taken for smaller than the one the weights were learned on: below that nothing was measured.
    """
    if not pairs.shape[1]:
        return []
    register, weights = Register.of(people, shares_of(people), repeat(())), published()
    agreements = compare(register, pairs)
    scores = probability(weights.log_odds(agreements, max(register_size(), weights.size))).round(4).tolist()
    return [Likeness(*each) for each in zip(scores, reasons_for(weights, agreements), strict=True)]


def likely_pairs(register: Register, pairs: Ints) -> NDArray[np.bool_]:
    """Which pairs of a register reach the lower threshold, compared portion by portion."""
    weights, size = published(), max(register_size(), published().size)
    threshold = float(np.log(PROPOSE / (1 - PROPOSE)))
    found = [np.empty(0, np.bool_)]
    for start in range(0, pairs.shape[1], PORTION):
        agreements = compare(register, pairs[:, start : start + PORTION])
        found.append(weights.log_odds(agreements, size) >= threshold)
    return np.concatenate(found)


def register_size() -> int:
    """About how many people are known here, in care and on lists: chance likenesses grow with it."""
    with connection.cursor() as cursor:
        cursor.execute("select greatest(reltuples, 0)::bigint from pg_class where oid = 'persons_identity'::regclass")
        row: tuple[int] = cursor.fetchone()
    return row[0]


def shares_of(people: Sequence[Compared]) -> Mapping[str, float]:
    """How common the names of these people are among all, as counted last night; rare ones are left out."""
    sounds = {number_of(f"h{sound}"): sound for sound in sounds_of(people)}
    counted = CommonKey.objects.filter(key__in=sounds).values_list("key", "share")
    return {sounds[key]: share for key, share in counted}


def worth_looking_up(numbers: Sequence[int], limit: int) -> list[int]:
    """The numbers that few enough share to say something."""
    common = set(CommonKey.objects.filter(key__in=numbers, bearers__gt=limit).values_list("key", flat=True))
    return [number for number in numbers if number not in common]
