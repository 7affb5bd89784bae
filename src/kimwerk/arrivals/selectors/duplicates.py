"""Who on the lists might be the person that is being entered, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import numpy as np

from kimwerk.access.actors import Actor
from kimwerk.arrivals.matching import compared, match_keys
from kimwerk.arrivals.models import Registration
from kimwerk.audit.services import record_read
from kimwerk.persons.matching.agreements import compare
from kimwerk.persons.matching.pairs import ALMOST_CERTAIN, PROPOSE
from kimwerk.persons.matching.reasons import Reason, reasons_for
from kimwerk.persons.matching.register import Register
from kimwerk.persons.matching.registration import Registration as Compared
from kimwerk.persons.matching.scoring import probability, published

MOST_COMPARED = 400
"""Rows compared one by one; the keys have chosen them before, the latest first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may be the same person's, how likely, and why."""

    row: Registration
    score: float
    reasons: tuple[Reason, ...]

    @property
    def is_almost_certain(self) -> bool:
        """Whether it reaches the upper threshold."""
        return self.score >= ALMOST_CERTAIN


def likely_doubles(actor: Actor, who: Compared, *, family: UUID | None = None, limit: int = 5) -> tuple[Candidate, ...]:
    """Rows that may be the same person's, the likeliest first. Recorded as a reading of those that are shown."""
    found = candidates_for(actor, who, family=family)[:limit]
    if found:
        record_read(actor=actor, subject_type=Registration._meta.db_table, amount=len(found))
    return found


def candidates_for(actor: Actor, who: Compared, *, family: UUID | None = None) -> tuple[Candidate, ...]:
    """All rows of the actor's places from the lower threshold on, but for the family itself."""
    near = Registration.objects.visible_to(actor).counting().filter(match_keys__overlap=match_keys(who))
    if family is not None:
        near = near.exclude(family=family)
    rows = list(near.select_related("municipality", "occasion").order_by("-pk")[:MOST_COMPARED])
    if not rows:
        return ()
    register = Register.of([who, *(compared(row, row.municipality_id, str(row.pk)) for row in rows)], commonness={})
    weights = published()
    agreements = compare(register, np.array([np.zeros(len(rows)), np.arange(1, len(rows) + 1)], np.int64))
    scores = probability(weights.log_odds(agreements, len(register))).round(4).tolist()
    reasons = reasons_for(weights, agreements)
    likely = (Candidate(*each) for each in zip(rows, scores, reasons, strict=True) if each[1] >= PROPOSE)
    return tuple(sorted(likely, key=lambda each: (-each.score, each.row.pk)))
