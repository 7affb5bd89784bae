"""The same tally uploaded again changes nothing, and an amended row only itself."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.activities.tally import Draft, Identities, content_digest, natural_key, single_activities

DRAFT = Draft(day=date(2022, 4, 21), kind_id=3, municipality_id=103, staff_id=91, minutes=30, participants_target=2)

OTHER: dict[str, object] = {
    "day": date(2022, 4, 20),
    "kind_id": 4,
    "municipality_id": 104,
    "staff_id": 92,
    "day_to": date(2022, 4, 22),
    "site_id": 82,
    "channel_id": 31,
    "referral_target_id": 71,
    "topic_ids": (41,),
    "target_group_ids": (51,),
    "legal_circle_ids": (61,),
    "partner_ids": (111,),
    "participants_target": 3,
    "participants_partner": 1,
    "minutes": 31,
    "count": 2,
    "note": "x",
    "external_id": "A1",
}
IDENTIFYING = {
    *("day", "day_to", "staff_id", "kind_id", "municipality_id", "site_id", "channel_id", "referral_target_id"),
    "external_id",
}


def test_every_field_of_a_draft_is_covered_here() -> None:
    assert {field.name for field in fields(Draft)} == set(OTHER)


@pytest.mark.parametrize("name", sorted(OTHER))
def test_a_field_identifies_or_not_and_always_tells_of_change(name: str) -> None:
    other = replace(DRAFT, **{name: OTHER[name]})
    assert (natural_key(other) != natural_key(DRAFT)) == (name in IDENTIFYING)
    assert (content_digest(other) != content_digest(DRAFT)) == (name != "external_id")


def test_keys_are_the_same_on_every_machine_and_day() -> None:
    assert natural_key(DRAFT) == "97e8796dd79e2f2aa30437f37bb82df69d7219f10260b54c8bfb4a1d159abefc"
    assert content_digest(DRAFT) == "1dcee4fdabdb26d3f64e352f28f0dc0b96f496d64343448b97cef550bf371a34"


def test_a_row_with_an_id_is_itself_whatever_else_changes() -> None:
    named = replace(DRAFT, external_id="A1")
    assert natural_key(replace(named, day=date(2022, 1, 1), kind_id=9)) == natural_key(named)


def test_an_id_is_never_taken_for_another_key() -> None:
    assert natural_key(replace(DRAFT, external_id=natural_key(DRAFT))) != natural_key(DRAFT)


def test_equal_rows_of_one_file_are_counted() -> None:
    identities = Identities()
    first, second, other = (identities.of(draft) for draft in (DRAFT, DRAFT, replace(DRAFT, kind_id=4)))
    assert (first.ordinal, second.ordinal, other.ordinal) == (1, 2, 1)
    assert len({first.key, second.key, other.key}) == 3
    assert first.digest == second.digest


DRAFTS = st.lists(
    st.builds(
        Draft,
        day=st.dates(date(2022, 4, 1), date(2022, 4, 3)),
        kind_id=st.integers(1, 2),
        municipality_id=st.just(103),
        staff_id=st.integers(91, 92),
        minutes=st.integers(0, 60),
    ),
    max_size=30,
)


@given(DRAFTS)
def test_uploading_again_finds_every_row_again(drafts: list[Draft]) -> None:
    first, again = Identities(), Identities()
    identities = [first.of(draft) for draft in drafts]
    assert identities == [again.of(draft) for draft in drafts]
    assert len({identity.key for identity in identities}) == len(drafts)


@given(DRAFTS, st.integers(0, 29))
def test_an_amended_row_changes_alone(drafts: list[Draft], at: int) -> None:
    if not drafts:
        return
    amended = list(drafts)
    amended[at % len(drafts)] = replace(drafts[at % len(drafts)], minutes=99)
    before, after = Identities(), Identities()
    pairs = [(before.of(old), after.of(new)) for old, new in zip(drafts, amended, strict=True)]
    assert all(old.key == new.key for old, new in pairs)
    assert [number for number, (old, new) in enumerate(pairs) if old.digest != new.digest] == [at % len(drafts)]


@given(
    st.integers(1, 50),
    st.one_of(st.none(), st.integers(0, 500)),
    st.one_of(st.none(), st.integers(0, 500)),
    st.one_of(st.none(), st.integers(0, 5000)),
)
def test_like_activities_share_people_and_minutes_without_loss(
    count: int, target: int | None, partner: int | None, minutes: int | None
) -> None:
    row = replace(DRAFT, count=count, participants_target=target, participants_partner=partner, minutes=minutes)
    singles = single_activities(row)
    assert len(singles) == count
    assert all(single.count == 1 for single in singles)
    for total, shares in (
        (target, [single.participants_target for single in singles]),
        (partner, [single.participants_partner for single in singles]),
        (minutes, [single.minutes for single in singles]),
    ):
        known = [share for share in shares if share is not None]
        if total is None:
            assert known == []
        else:
            assert sum(known) == total
            assert max(known) - min(known) <= 1
