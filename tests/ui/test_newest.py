"""Lists whose newest come first, paged by key: every row once, forwards and backwards, wherever the pages are cut."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.directory.models import Municipality
from kimwerk.ui.listing import Listed
from kimwerk.ui.newest import newest_first

BY = "district_id"
"""Many municipalities of one district: pages are cut between equal values."""


def page(address: str, size: int) -> Listed[Municipality]:
    return newest_first(Municipality.objects.all(), QueryDict(address.removeprefix("?")), by=BY, size=size)


def keys(listed: Listed[Municipality]) -> list[int]:
    return [each.pk for each in listed.items]


@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(1, 6))
def test_going_on_and_back_shows_every_row_once(size: int) -> None:
    wanted = list(Municipality.objects.order_by(f"-{BY}", "-pk").values_list("pk", flat=True))
    shown, address, last = [], "", page("", size)
    pages = [keys(last)]
    while last.pagination.next_url:
        last = page(last.pagination.next_url, size)
        pages.append(keys(last))
    shown = [pk for each in pages for pk in each]
    assert shown == wanted
    address = last.pagination.previous_url
    for each in reversed(pages[:-1]):
        back = page(address, size)
        assert keys(back) == each
        address = back.pagination.previous_url
    assert address == ""


@pytest.mark.django_db
@pytest.mark.parametrize("told", ["after=", "after=x", "after=0", "before=x", "before=", "after=999999999"])
def test_a_key_that_is_none_gives_the_first_page(told: str) -> None:
    first = page("", 2)
    assert keys(page(told, 2)) == keys(first)
    assert first.pagination.previous_url == ""


@pytest.mark.django_db
def test_a_list_says_where_one_is() -> None:
    whole = newest_first(Municipality.objects.filter(name="Siegburg"), QueryDict(), by=BY).pagination
    assert (whole.first, whole.last, whole.count, whole.is_at_least) == (1, 1, 1, False)
    counted = page("", 2).pagination
    assert (counted.first, counted.last, counted.count) == (1, 2, Municipality.objects.count())
