"""Far more files than usual: slowed for whoever opens them, and shown to the data protection officer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.audit.selectors import own_reads
from kimwerk.audit.services import record_read
from kimwerk.persons.models import ReadingReview
from kimwerk.persons.selectors.reading import TABLE, seconds_to_wait, unusual_days
from kimwerk.persons.services.reviewing import review_reading
from kimwerk.persons.usual import LEAST, TIMES_USUAL, limit_of
from tests.cast import Cast

ActAs = Callable[[Actor], Actor]


def open_files(actor: Actor, number: int) -> None:
    for each in range(number):
        record_read(actor=actor, subject_type=TABLE, subject_id=str(each))


@given(st.lists(st.integers(0, 500), max_size=28))
def test_the_limit_is_never_below_a_full_day(earlier: list[int]) -> None:
    assert limit_of(earlier) >= LEAST
    assert limit_of(earlier) <= max(LEAST, TIMES_USUAL * max(earlier, default=0))


def test_a_day_of_counselling_is_never_slowed(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    open_files(frieda, LEAST)
    assert seconds_to_wait(frieda) == 0


def test_the_same_files_again_are_not_counted_twice(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    for _ in range(3):
        open_files(frieda, LEAST)
    assert seconds_to_wait(frieda) == 0


def test_far_more_files_than_usual_are_slowed_and_reported(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    open_files(frieda, LEAST + 1)
    assert 0 < seconds_to_wait(frieda) <= 20
    assert unusual_days(frieda) == ()
    doris = act_as(cast.actor("doris"))
    (found,) = unusual_days(doris)
    assert (found.name, found.opened, found.limit, found.day) == (
        "Frieda Fallbeispiel",
        LEAST + 1,
        LEAST,
        timezone.localdate(),
    )
    assert seconds_to_wait(doris) == 0


def test_nobody_learns_what_somebody_else_read(cast: Cast, act_as: ActAs) -> None:
    open_files(act_as(cast.actor("frieda")), 3)
    act_as(cast.actor("mehmet"))
    assert own_reads(TABLE, timezone.localdate()) == ()


def test_the_data_protection_officer_writes_down_what_came_of_it(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    open_files(frieda, LEAST + 1)
    doris, today = act_as(cast.actor("doris")), timezone.localdate()
    review_reading(actor=doris, account_id=cast.accounts["frieda"], day=today, note="Vertretung geklärt")
    review_reading(actor=doris, account_id=cast.accounts["frieda"], day=today, note="anders")
    (found,) = unusual_days(doris)
    assert found.review is not None
    assert found.review.note == "Vertretung geklärt"
    act_as(frieda)
    assert not ReadingReview.objects.exists()
    with pytest.raises(PermissionDenied):
        review_reading(actor=frieda, account_id=cast.accounts["mehmet"], day=today - timedelta(1), note="x")


def test_nobody_reviews_their_own_reading(cast: Cast, act_as: ActAs) -> None:
    doris = act_as(cast.actor("doris"))
    with pytest.raises(PermissionDenied):
        review_reading(actor=doris, account_id=cast.accounts["doris"], day=timezone.localdate(), note="x")
