"""The rules by which a row is noticed. They judge nothing: a finding may be right, and then it is accepted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kimwerk.arrivals.types import Finding, MemberFacts, SharedFacts
from kimwerk.kernel.names import text_key

MAJORITY = 18
SCHOOL_AGES = range(6, 18)
CHILDCARE_AGES = range(7)
VERY_OLD = 105
LONG_BEFORE = timedelta(days=60)
"""Arrivals longer before the occasion than this are looked at: people fled before it was declared, but not years."""


def findings_of(
    member: MemberFacts, shared: SharedFacts, *, family: Sequence[MemberFacts], place: str, begins_on: date
) -> tuple[Finding, ...]:
    """What is to be looked at, for one member of a family on the list of a place."""
    return tuple(
        dict.fromkeys((*_about_age(member, shared, family), *_about_arrival(member, shared, begins_on, place)))
    )


def age_on(birth: date, day: date) -> int:
    """Years completed on that day.

    >>> age_on(date(2012, 2, 29), date(2022, 2, 28)), age_on(date(2012, 2, 29), date(2022, 3, 1))
    (9, 10)
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _about_age(member: MemberFacts, shared: SharedFacts, family: Sequence[MemberFacts]) -> Iterator[Finding]:
    if member.birth_date is None:
        yield Finding.NO_BIRTH
        return
    age = age_on(member.birth_date, shared.arrived_on)
    if age < MAJORITY and not member.guardian and not any(_is_adult(each, shared) for each in family):
        yield Finding.ALONE
    if (age in SCHOOL_AGES) != member.needs_school and not (age == SCHOOL_AGES.stop or member.needs_childcare):
        yield Finding.SCHOOL_AGE
    if member.needs_childcare and age not in CHILDCARE_AGES:
        yield Finding.CHILDCARE_AGE
    if age > VERY_OLD:
        yield Finding.VERY_OLD


def _is_adult(member: MemberFacts, shared: SharedFacts) -> bool:
    return member.birth_date is not None and age_on(member.birth_date, shared.arrived_on) >= MAJORITY


def _about_arrival(member: MemberFacts, shared: SharedFacts, begins_on: date, place: str) -> Iterator[Finding]:
    if member.birth_date is not None and shared.arrived_on < member.birth_date:
        yield Finding.BEFORE_BIRTH
    if shared.arrived_on < begins_on - LONG_BEFORE:
        yield Finding.BEFORE_OCCASION
    town, home = text_key(shared.town), text_key(place)
    if town and not (town.startswith(home.split()[0]) or home.startswith(town)):
        yield Finding.ELSEWHERE
