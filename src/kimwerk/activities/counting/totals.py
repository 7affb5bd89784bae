"""Number and sums of a filtered list, from months that are counted ahead where these hold the answer."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.counting.count import sums_over
from kimwerk.activities.counting.question import Measure, Question
from kimwerk.activities.counting.reach import readable_in_teams
from kimwerk.activities.policies import may_read_team
from kimwerk.activities.selectors.entries import EntryTotals, totals
from kimwerk.activities.types import EntryFilter
from kimwerk.kernel.periods import Period

WORTH_COUNTING_AHEAD_DAYS = 92
"""From this length of a window on, the counted months answer sooner than the entries themselves."""

FIRST_DAY = date(2000, 1, 1)


def totals_of(actor: Actor, asked: EntryFilter) -> EntryTotals:
    """Number and sums of what the filter finds, the same as `totals` says. One query."""
    question = _question(actor, asked)
    if question is None or not question.reach.organisations:
        return totals(actor, asked)
    sums = sums_over(question)
    return EntryTotals(
        activities=sums[Measure.ACTIVITIES],
        participants_target=sums[Measure.TARGET],
        participants_partner=sums[Measure.PARTNER],
        minutes=sums[Measure.MINUTES],
        with_minutes=sums[Measure.TIMED],
    )


def _question(actor: Actor, asked: EntryFilter) -> Question | None:
    """The filter as a question to the counted months; None where they could not answer it, or not sooner."""
    window = asked.window or Period(FIRST_DAY, date(timezone.localdate().year + 2, 1, 1))
    is_long = window.days >= WORTH_COUNTING_AHEAD_DAYS
    if not is_long or not (asked.is_team and may_read_team(actor)) or asked.note or asked.has_minutes is not None:
        return None
    chosen = {
        "kind": asked.kinds,
        "channel": asked.channels,
        "municipality": asked.municipalities,
        "site": asked.sites,
        "staff": asked.people,
        "topic": asked.topics,
        "target_group": asked.target_groups,
        "legal_circle": asked.legal_circles,
        "referral_target": asked.referral_targets,
    }
    only = {key: tuple(sorted(ids)) for key, ids in chosen.items() if ids}
    return Question(window, readable_in_teams(actor), tuple(Measure), only=only)
