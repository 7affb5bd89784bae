"""Lists keep their state in the address."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.ui.components import Column, Direction
from kimwerk.ui.listing import chips_of, paged, sort_key, url_with, with_sorting

NAMES = st.text("abcdef_", min_size=1, max_size=6)
VALUES = st.text(max_size=8)
QUERIES = st.dictionaries(NAMES, st.lists(VALUES, min_size=1, max_size=3), max_size=4)


def query_of(parameters: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in parameters.items():
        query.setlist(name, values)
    return query


class Filter(forms.Form):
    kind = forms.MultipleChoiceField(
        label="Art", choices=[("net", "Netzwerk"), ("Gruppe", [("talk", "Beratung")])], required=False
    )
    since = forms.DateField(label="Seit", required=False)
    only_mine = forms.BooleanField(label="Meine", required=False)
    q = forms.CharField(label="Text", required=False)


@given(QUERIES, NAMES, VALUES)
def test_changing_one_parameter_keeps_all_others(parameters: dict[str, list[str]], name: str, value: str) -> None:
    changed = QueryDict(url_with(query_of(parameters), **{name: value}).removeprefix("?"))
    assert changed.getlist(name) == [value]
    others = {key: values for key, values in parameters.items() if key != name}
    assert {key: changed.getlist(key) for key in changed if key != name} == others


@given(QUERIES)
def test_taking_out_a_parameter_leaves_no_trace(parameters: dict[str, list[str]]) -> None:
    assert QueryDict(url_with(query_of({**parameters, "page": ["7"]}), page=None).removeprefix("?")) == query_of(
        parameters
    )


@given(st.integers(0, 500), st.integers(1, 60), st.integers(-3, 40))
def test_pages_cover_every_entry_once(count: int, size: int, wanted: int) -> None:
    listed = paged(range(count), QueryDict(f"page={wanted}"), size=size)
    everything = [
        item
        for number in range(1, -(-count // size) + 1)
        for item in paged(range(count), QueryDict(f"page={number}"), size=size).items
    ]
    assert everything == list(range(count))
    assert listed.pagination.last - listed.pagination.first + 1 == len(listed.items) or count == 0
    assert listed.pagination.count == count


def test_links_of_pages_keep_the_filters() -> None:
    pagination = paged(range(300), QueryDict("kind=net&page=3"), size=50).pagination
    assert pagination.previous_url == "?kind=net&page=2"
    assert pagination.next_url == "?kind=net&page=4"
    assert [link.number for link in pagination.links if link.is_current] == [3]


def test_gaps_between_page_numbers_lead_nowhere() -> None:
    links = paged(range(5_000), QueryDict("page=50"), size=50).pagination.links
    assert [link.number for link in links] == [1, 0, 49, 50, 51, 0, 100]
    assert [link.is_gap for link in links] == [False, True, False, False, False, True, False]


def test_a_single_page_needs_no_links() -> None:
    assert paged(range(3), QueryDict()).pagination.links == ()


def test_a_second_click_turns_the_order_and_sorting_begins_at_page_one() -> None:
    columns = (Column("Name", key="name"), Column("Stand"), Column("Zahl", key="number"))
    name, state, number = with_sorting(columns, QueryDict("sort=name&page=4&kind=net"))
    assert (name.direction, name.sort_url) == (Direction.ASCENDING, "?sort=-name&kind=net")
    assert (number.direction, number.sort_url) == (Direction.NONE, "?sort=number&kind=net")
    assert state.sort_url == ""
    (turned, *_) = with_sorting(columns, QueryDict("sort=-name"))
    assert (turned.direction, turned.sort_url) == (Direction.DESCENDING, "?sort=name")


def test_only_columns_that_offer_it_can_be_sorted_by() -> None:
    columns = (Column("Name", key="name"), Column("Stand"))
    assert sort_key(QueryDict("sort=-name"), columns, default="name") == "-name"
    assert sort_key(QueryDict("sort=password"), columns, default="name") == "name"
    assert sort_key(QueryDict("sort="), columns, default="-name") == "-name"


def test_each_active_filter_is_a_chip_that_takes_itself_off() -> None:
    query = QueryDict("kind=net&kind=talk&since=2026-01-31&only_mine=on&q=&page=2")
    chips = chips_of(Filter(query), query)
    assert [(str(chip.label), str(chip.value)) for chip in chips] == [
        ("Art", "Netzwerk"),
        ("Art", "Beratung"),
        ("Seit", "31.01.2026"),
        ("Meine", "ja"),
    ]
    assert chips[0].remove_url == "?kind=talk&since=2026-01-31&only_mine=on&q="
    assert chips[2].remove_url == "?kind=net&kind=talk&only_mine=on&q="


def test_a_filter_with_a_value_nobody_offers_still_shows_and_can_be_taken_off() -> None:
    query = QueryDict("kind=other&since=yesterday")
    assert [str(chip.value) for chip in chips_of(Filter(query), query)] == ["other", "yesterday"]
