"""What all tables of a figure together tell about people of whom no cell speaks."""

from __future__ import annotations

from datetime import date

import pytest

from kimwerk.kernel.periods import Period
from kimwerk.reporting.disclosure import worlds
from kimwerk.reporting.disclosure.linking import union_of
from kimwerk.reporting.disclosure.publication import PublicTable, Published
from kimwerk.reporting.disclosure.publishing import protect_publication
from kimwerk.reporting.disclosure.refusing import Place, PublicationRefused
from kimwerk.reporting.disclosure.rules import Policy, Zeros, task_of
from kimwerk.reporting.disclosure.tables import Dimension

YEAR, HALF = Period(date(2022, 1, 1), date(2023, 1, 1)), Period(date(2022, 1, 1), date(2022, 7, 1))
PLACES = Dimension("place", {"all": ("Eitorf", "Much", "Hennef")})
PART = {"part:referrals": "counted"}


def table(name: str, counts: dict[str, int], window: Period = YEAR, *, is_part: bool = False) -> PublicTable:
    cells = {(place,): count for place, count in counts.items()}
    return PublicTable(name, "activities", window, (PLACES,), cells, only=PART if is_part else {})


def total(name: str, count: int, window: Period = YEAR, *, is_part: bool = False) -> PublicTable:
    return PublicTable(name, "activities", window, (), {(): count}, only=PART if is_part else {})


FIRST_HALF = table("half", {"Eitorf": 3}, HALF)
"""Nobody came anywhere but in Eitorf."""
REFERRED = total("referred", 3, HALF, is_part=True)
"""All of them were referred."""
EARLIER = [Published(each, frozenset(), "Ausgabe 1") for each in (FIRST_HALF, REFERRED)]
REFERRED_IN_YEAR = table("places", {"Eitorf": 3, "Much": 1, "Hennef": 1}, is_part=True)


def test_a_total_beside_empty_places_is_the_number_of_the_place_that_is_not_empty() -> None:
    """3 referrals in the half year are Eitorf's, so of 5 in the year one each is left for Much and Hennef."""
    union = union_of([total("year", 5), REFERRED_IN_YEAR], EARLIER)
    task = task_of(union.structure, Policy(3), never_printed=frozenset(union.differences))
    told = {leak.cell for leak in worlds.leaks(union, task, set(task.levels) | task.already)}
    assert union.places[-1]["Much",] in told


def test_what_would_tell_is_hidden_as_well() -> None:
    found = protect_publication([total("year", 5), REFERRED_IN_YEAR], Policy(3), EARLIER)
    year, places = found.tables
    assert {("Much",), ("Hennef",)} <= places.hidden
    assert ("all",) in places.hidden
    assert year.hidden, "5 activities would leave 1 for Much and 1 for Hennef"
    union = union_of([total("year", 5), REFERRED_IN_YEAR], EARLIER)
    task = task_of(union.structure, Policy(3), never_printed=frozenset(union.differences))
    hidden = {at[key] for at, of in zip(union.places[2:], found.tables, strict=True) for key in of.hidden}
    assert not list(worlds.leaks(union, task, hidden | task.already))


def test_what_earlier_numbers_tell_already_is_refused_with_those_numbers() -> None:
    earlier = [*EARLIER, Published(total("year", 6), frozenset(), "Ausgabe 2")]
    with pytest.raises(PublicationRefused) as refused:
        protect_publication([REFERRED_IN_YEAR], Policy(3), earlier)
    told = refused.value.told[0]
    assert told.places[0].table == "places"
    assert Place("year", (), "Ausgabe 2") in told.by


def test_zeros_that_may_be_hidden_tell_nothing_of_the_other_places() -> None:
    earlier = [
        Published(FIRST_HALF, frozenset({("Much",), ("Hennef",)}), "Ausgabe 1"),
        Published(REFERRED, frozenset(), "Ausgabe 1"),
    ]
    policy = Policy(3, Zeros.SUPPRESSIBLE)
    found = protect_publication(
        [total("year", 9), table("places", {"Eitorf": 7, "Much": 1}, is_part=True)], policy, earlier
    )
    assert ("Much",) in found.tables[1].hidden


def test_tables_that_tell_too_many_groups_apart_are_joined_by_their_cells_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worlds, "MOST", 5)
    union = union_of([total("year", 5), REFERRED_IN_YEAR], EARLIER)
    task = task_of(union.structure, Policy(3), never_printed=frozenset(union.differences))
    assert not list(worlds.leaks(union, task, set(task.levels) | task.already))


def test_numbers_that_were_corrected_agree_with_no_world_and_tell_nothing_more() -> None:
    earlier = [Published(total("year", 9), frozenset(), "Ausgabe 1")]
    found = protect_publication([total("year", 5), table("places", {"Eitorf": 3, "Much": 2})], Policy(3), earlier)
    assert found.audit.is_clean
