"""The rules by which rows are noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.arrivals.rules import age_on, findings_of
from kimwerk.arrivals.types import Finding, MemberFacts, SharedFacts

BEGAN = date(2022, 2, 24)
SHARED = SharedFacts(1, date(2022, 3, 10), town="Hennef")
MOTHER = MemberFacts("Musterenko", birth_date=date(1988, 4, 12))
CHILD = MemberFacts("Musterenko", birth_date=date(2012, 9, 1), needs_school=True)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def found(member: MemberFacts, shared: SharedFacts = SHARED, *others: MemberFacts) -> tuple[Finding, ...]:
    return findings_of(member, shared, family=(member, *others), place="Hennef (Sieg)", begins_on=BEGAN)


@pytest.mark.parametrize(
    ("member", "shared", "expected"),
    [
        (MOTHER, SHARED, ()),
        (replace(MOTHER, birth_date=None), SHARED, (Finding.NO_BIRTH,)),
        (replace(MOTHER, needs_school=True), SHARED, (Finding.SCHOOL_AGE,)),
        (replace(MOTHER, needs_childcare=True), SHARED, (Finding.CHILDCARE_AGE,)),
        (replace(MOTHER, birth_date=date(1901, 1, 1)), SHARED, (Finding.VERY_OLD,)),
        (CHILD, SHARED, (Finding.ALONE,)),
        (replace(CHILD, guardian="Tante Beispiel"), SHARED, ()),
        (replace(CHILD, guardian="Tante Beispiel", needs_school=False), SHARED, (Finding.SCHOOL_AGE,)),
        (MOTHER, replace(SHARED, town="Köln"), (Finding.ELSEWHERE,)),
        (MOTHER, replace(SHARED, town="Hennef-Uckerath"), ()),
        (MOTHER, replace(SHARED, arrived_on=date(2021, 3, 1)), (Finding.BEFORE_OCCASION,)),
        (
            replace(CHILD, birth_date=date(2022, 4, 1), needs_school=False, guardian="x"),
            SHARED,
            (Finding.BEFORE_BIRTH,),
        ),
    ],
)
def test_a_rule_notices(member: MemberFacts, shared: SharedFacts, expected: tuple[Finding, ...]) -> None:
    assert found(member, shared) == expected


def test_a_child_with_an_adult_in_the_family_is_not_alone() -> None:
    assert found(CHILD, SHARED, MOTHER) == ()


@given(birth=DAYS, day=DAYS)
def test_one_is_a_year_older_from_the_birthday_on(birth: date, day: date) -> None:
    age = age_on(birth, day)
    assert (birth.year + age, birth.month, birth.day) <= (day.year, day.month, day.day)
    assert (birth.year + age + 1, birth.month, birth.day) > (day.year, day.month, day.day)
