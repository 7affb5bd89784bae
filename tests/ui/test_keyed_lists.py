"""Lists that are paged by key: every row once, forwards and backwards, wherever the pages are cut."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.directory.models import Municipality
from kimwerk.ui.listing import Listed, keyed

BY = "district_id"
"""Many municipalities of one district: pages are cut between equal values."""


def page(address: str, size: int) -> Listed[Municipality]:
    return keyed(Municipality.objects.all(), QueryDict(address.removeprefix("?")), by=BY, size=size)


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
@pytest.mark.parametrize(
    "told", ["after=", "after=x,1", "after=1", "before=1,x", "before=,", "after=0,0", "after=1,2,3"]
)
def test_a_key_that_is_none_gives_the_first_page(told: str) -> None:
    first = page("", 2)
    assert keys(page(told, 2)) == keys(first)
    assert first.pagination.previous_url == ""


@pytest.mark.django_db
def test_a_list_of_one_page_says_how_many_there_are() -> None:
    whole = keyed(Municipality.objects.filter(name="Siegburg"), QueryDict(), by=BY).pagination
    assert (whole.first, whole.last, whole.count, whole.is_counted) == (1, 1, 1, True)
    assert not page("", 2).pagination.is_counted
