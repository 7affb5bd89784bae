"""Whatever the seed, the planned diary has the source's totals in it and looks like its months."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.desk.demo.county import the_county
from kimwerk.desk.demo.diary import plan_diary
from kimwerk.desk.demo.drafts import Entry

COUNTY = the_county()
SEEDS = st.integers(min_value=0, max_value=2**31 - 1)
few_examples = settings(max_examples=10, deadline=None)


def counted(seed: int, first: date = COUNTY.counted_from) -> list[Entry]:
    return [entry for entry in plan_diary(COUNTY, seed) if first <= entry.day <= COUNTY.last_day]


def minutes(entries: list[Entry], *, ukraine: bool) -> int:
    return sum(entry.minutes or 0 for entry in entries if COUNTY.kinds[entry.kind].ukraine is ukraine)


@few_examples
@given(SEEDS)
def test_there_are_1233_activities_after_the_privacy_form(seed: int) -> None:
    assert len(counted(seed, COUNTY.privacy_form_on)) == 1233


@few_examples
@given(SEEDS)
def test_there_are_1874_participants_of_whom_87_percent_are_target_groups(seed: int) -> None:
    entries = counted(seed)
    target, partner = sum(entry.target for entry in entries), sum(entry.partner for entry in entries)
    assert (target, partner, target + partner) == (1630, 244, 1874)
    assert (round(100 * target / 1874), round(100 * partner / 1874)) == (87, 13)


@few_examples
@given(SEEDS)
def test_every_month_has_more_than_the_one_before_though_april_ends_on_the_21st(seed: int) -> None:
    entries = counted(seed)
    months = Counter(entry.day.month for entry in entries)
    assert sorted(months) == [1, 2, 3, 4]
    assert all(months[before] < months[after] for before, after in pairwise(sorted(months)))
    assert max(entry.day for entry in entries) <= date(2022, 4, 21)


@few_examples
@given(SEEDS)
def test_most_activities_after_the_form_are_for_people_from_ukraine(seed: int) -> None:
    entries = counted(seed, COUNTY.privacy_form_on)
    ukraine = [entry for entry in entries if COUNTY.kinds[entry.kind].ukraine]
    assert len(ukraine) > len(entries) / 2
    assert min(entry.day for entry in ukraine) >= date(2022, 3, 1)


@few_examples
@given(SEEDS)
def test_at_least_as_much_time_goes_into_everything_else(seed: int) -> None:
    for first in (COUNTY.counted_from, COUNTY.privacy_form_on, COUNTY.ukraine_from):
        entries = counted(seed, first)
        assert minutes(entries, ukraine=False) >= minutes(entries, ukraine=True)


@few_examples
@given(SEEDS)
def test_from_november_to_february_most_of_the_work_is_network(seed: int) -> None:
    winter = [e for e in plan_diary(COUNTY, seed) if date(2021, 11, 1) <= e.day <= date(2022, 2, 28)]
    assert sum(COUNTY.kinds[entry.kind].is_network for entry in winter) > len(winter) / 2


@few_examples
@given(SEEDS)
def test_nobody_logs_before_the_first_day_of_work_or_on_a_closed_day(seed: int) -> None:
    since = {person.key: person.since for person in COUNTY.people}
    for entry in plan_diary(COUNTY, seed):
        assert entry.day >= since[entry.person]
        assert COUNTY.is_working_day(entry.day)
        assert entry.last_day is None or entry.day < entry.last_day <= COUNTY.last_day


@few_examples
@given(SEEDS)
def test_some_things_were_not_written_down(seed: int) -> None:
    entries = counted(seed)
    for name in ("minutes", "channel", "municipality", "site", "topics", "target_groups"):
        assert any(not getattr(entry, name) for entry in entries), name
        assert any(getattr(entry, name) for entry in entries), name


@few_examples
@given(SEEDS)
def test_only_referral_consultations_refer_and_to_every_target_of_the_source(seed: int) -> None:
    entries = counted(seed)
    referring = [entry for entry in entries if entry.referral_target]
    assert {entry.kind for entry in referring} == {"verweisberatung"}
    targets = Counter(entry.referral_target for entry in referring)
    assert set(targets) == set(COUNTY.referral_targets)
    assert targets.most_common(1)[0][0] == "behoerden"


def test_the_same_seed_makes_the_same_diary_and_another_one_another() -> None:
    assert plan_diary(COUNTY, 7) == plan_diary(COUNTY, 7)
    assert plan_diary(COUNTY, 7) != plan_diary(COUNTY, 8)


def test_fifteen_sites_are_kept_by_nine_case_managers_with_6_95_posts() -> None:
    assert len(COUNTY.case_managers) == 9
    assert len({site for person in COUNTY.case_managers for site in person.sites}) == 15
    assert sum(person.post for person in COUNTY.case_managers) == 695


def test_the_county_and_troisdorf_employ_whom_the_source_counts() -> None:
    employed = Counter((person.organisation, person.role) for person in COUNTY.people if person.post)
    assert employed == {
        ("rsk", "case_manager"): 9 + 2,
        ("rsk", "case_management_coordination"): 1,
        ("rsk", "kim_coordination"): 3,
        ("rsk", "administrative_assistant"): 1,
        ("troisdorf", "case_manager"): 1,
        ("troisdorf", "kim_coordination"): 1,
    }
