"""What the database refuses, as a refusal that a form can say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.kernel.periods import ONE_DAY
from kimwerk.steering.types import SteeringProblem, SteeringRefused

_BY_CONSTRAINT = {
    "committee_name_is_unique": SteeringProblem.NAME_TAKEN,
    "seat_stands_once_in_a_committee": SteeringProblem.NAME_TAKEN,
    "seat_of_the_chair_is_one": SteeringProblem.CHAIR_TAKEN,
    "term_is_one_at_a_time": SteeringProblem.SEAT_HELD,
    "term_of_a_deputy_is_one_at_a_time": SteeringProblem.SEAT_HELD,
    "orders_step_is_taken_once": SteeringProblem.STEP_TAKEN,
    "resolution_is_adopted_by_a_majority": SteeringProblem.NO_MAJORITY,
    "goal_title_is_unique": SteeringProblem.NAME_TAKEN,
    "indicator_stands_once_at_a_measure": SteeringProblem.NAME_TAKEN,
    "plan_entry_ends_after_it_begins": SteeringProblem.ENDS_BEFORE,
    "plan_entry_ended_after_it_began": SteeringProblem.ENDED_BEFORE,
    "minutes_never_change_once_closed": SteeringProblem.CLOSED,
    "orders_never_change_once_adopted": SteeringProblem.FROZEN,
    "paper_number_is_unique": SteeringProblem.NUMBER_TAKEN,
    "paper_stays_once_dealt_with": SteeringProblem.DEALT_WITH,
}


@contextmanager
def refused_as_problems() -> Iterator[None]:
    """Turn the database's refusal into SteeringRefused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        if constraint not in _BY_CONSTRAINT:
            raise
        raise SteeringRefused(_BY_CONSTRAINT[constraint]) from error


def days_from(first_day: date, last_day: date | None) -> DateRange:
    """The days from the first to the last, both included; SteeringRefused if there are none."""
    if last_day is not None and last_day < first_day:
        raise SteeringRefused(SteeringProblem.ENDS_BEFORE)
    return DateRange(first_day, last_day + ONE_DAY if last_day else None)
