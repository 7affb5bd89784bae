"""Tables of one publication, and of all earlier ones, are protected together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from kimwerk.kernel.periods import Period
from kimwerk.reporting.disclosure.publication import (
    TIME,
    BreakKind,
    ProtectedPublication,
    PublicTable,
    Published,
)
from kimwerk.reporting.disclosure.publishing import protect_publication
from kimwerk.reporting.disclosure.refusing import Place, PublicationRefused
from kimwerk.reporting.disclosure.rules import Policy, Zeros
from kimwerk.reporting.disclosure.tables import Dimension, Key

YEAR, HALF = Period(date(2022, 1, 1), date(2023, 1, 1)), Period(date(2022, 1, 1), date(2022, 7, 1))
PLACES = Dimension("place", {"all": ("east", "west"), "east": ("Eitorf", "Much"), "west": ("Alfter", "Hennef")})
MOVED = Dimension("place", {"all": ("east", "west"), "east": ("Eitorf", "Much", "Hennef"), "west": ("Alfter",)})
KINDS = Dimension("kind", {"all": ("advice", "learning")})
ADVICE = {"Eitorf": 11, "Much": 12, "Alfter": 13, "Hennef": 2}
LEARNING = {"Eitorf": 21, "Much": 4, "Alfter": 23, "Hennef": 24}
ALL = {place: ADVICE[place] + LEARNING[place] for place in ADVICE}


def by_place(counts: Mapping[str, int], window: Period = YEAR, places: Dimension = PLACES) -> PublicTable:
    return PublicTable("places", "contacts", window, (places,), {(place,): count for place, count in counts.items()})


def by_both(window: Period = YEAR) -> PublicTable:
    counts = {(place, "advice"): count for place, count in ADVICE.items()}
    counts |= {(place, "learning"): count for place, count in LEARNING.items()}
    return PublicTable("both", "contacts", window, (PLACES, KINDS), counts)


def published(table: PublicTable, *hidden: Key) -> Published:
    return Published(table, frozenset(hidden), "Evaluation 2022")


def hidden_in(publication: ProtectedPublication, table: int = 0) -> frozenset[Key]:
    return publication.tables[table].hidden


def test_a_total_that_another_table_prints_does_not_protect() -> None:
    alone = protect_publication([by_both()], Policy(3))
    together = protect_publication([by_both(), by_place(ALL)], Policy(3))
    assert {("Hennef", "advice")} < hidden_in(alone)
    for place in PLACES.nodes:
        assert ((place, "all") in hidden_in(together)) == ((place,) in hidden_in(together, 1))
    assert together.audit.is_clean


def test_what_was_printed_stays_printed_and_what_was_hidden_stays_hidden() -> None:
    first = protect_publication([by_both()], Policy(3))
    again = protect_publication([by_both()], Policy(3), [Published(by_both(), hidden_in(first))])
    assert hidden_in(again) == hidden_in(first)
    assert again.cost == 0


def test_a_year_beside_its_half_year_does_not_tell_a_small_second_half() -> None:
    """9 in the first half and 11 in the year would tell that there were 2 in the second."""
    first = protect_publication([by_place({"Eitorf": 9, "Much": 12, "Alfter": 13, "Hennef": 14}, HALF)], Policy(3))
    assert not hidden_in(first)
    year = by_place({"Eitorf": 11, "Much": 32, "Alfter": 43, "Hennef": 34})
    second = protect_publication([year], Policy(3), [published(first.tables[0].table)])
    assert ("Eitorf",) in hidden_in(second)
    assert len(hidden_in(second)) > 1
    assert second.differences


def test_an_area_with_and_without_a_municipality_does_not_tell_the_municipality() -> None:
    areas = {"all": ("east", "west")}
    before = PublicTable("areas", "contacts", YEAR, (Dimension("place", areas),), {("east",): 23, ("west",): 15})
    after = by_place(ADVICE, places=MOVED)
    told = [published(by_place(ADVICE), ("Hennef",), ("Alfter",)), published(before)]
    publication = protect_publication([after], Policy(3), told)
    assert {(found.kind, found.node) for found in publication.breaks} == {
        (BreakKind.HIERARCHY, "east"),
        (BreakKind.HIERARCHY, "west"),
    }
    assert {("Hennef",), ("east",), ("west",)} <= hidden_in(publication)


def test_another_definition_is_a_break_and_no_relation() -> None:
    other = PublicTable("places", "contacts", YEAR, (PLACES,), {("Eitorf",): 5}, definition="counts visits too")
    publication = protect_publication([other], Policy(3), [published(by_place(ADVICE), ("Hennef",), ("Alfter",))])
    assert [found.kind for found in publication.breaks] == [BreakKind.DEFINITION]
    assert not hidden_in(publication)


def test_a_corrected_number_is_a_break() -> None:
    publication = protect_publication([by_place(ALL | {"Much": 17})], Policy(3), [published(by_place(ALL))])
    assert {found.kind for found in publication.breaks} == {BreakKind.CORRECTED}


def test_what_is_public_already_cannot_be_taken_back() -> None:
    """The county and three of its four municipalities were printed; the fourth has 2."""
    told = published(by_place(ADVICE), ("Hennef",))
    with pytest.raises(PublicationRefused) as refused:
        protect_publication([by_place(ADVICE)], Policy(3), [told])
    (small,) = refused.value.told
    assert Place("places", ("Hennef",)) in small.places
    assert {("Alfter",), ("west",)} <= {place.key for place in small.by}
    assert {place.publication for place in small.by} == {"", "Evaluation 2022"}


def test_months_cannot_be_hidden_below_a_sum_that_leaves_them_no_room() -> None:
    """6 were printed for three months of 2 each. Whoever knows that a hidden month is 1 at least knows: 4 at most."""
    quarter = Period(date(2022, 1, 1), date(2022, 4, 1))
    printed = PublicTable("places", "contacts", quarter, (PLACES,), {("Eitorf",): 6, ("Hennef",): 90})
    periods = {f"m{month}": Period.month(2022, month) for month in (1, 2, 3)}
    months = Dimension(TIME, {"quarter": tuple(periods)})
    counts = {("Eitorf", month): 2 for month in periods} | {("Hennef", month): 30 for month in periods}
    finer = PublicTable("months", "contacts", quarter, (PLACES, months), counts, periods=periods)
    with pytest.raises(PublicationRefused) as refused:
        protect_publication([finer], Policy(5), [published(printed)])
    assert {place.key for told in refused.value.told for place in told.places} >= {("Eitorf", "m1")}
    assert all({("Eitorf",), ("east",)} & {place.key for place in told.by} for told in refused.value.told)
    assert protect_publication([finer], Policy(5, Zeros.SUPPRESSIBLE), [published(printed)]).audit.is_clean


def test_a_lost_difference_is_named_by_the_tables_from_which_it_is_formed() -> None:
    """A year of 22 beside its first half of 20: the second half, which nobody printed, is 2."""
    half = Period(date(2022, 1, 1), date(2022, 7, 1))
    year = PublicTable("year", "contacts", YEAR, (PLACES,), {("Eitorf",): 22, ("Hennef",): 90})
    first = PublicTable("half year", "contacts", half, (PLACES,), {("Eitorf",): 20, ("Hennef",): 40})
    told = [Published(year, frozenset(), "Bericht 2022"), Published(first, frozenset(), "Bericht zum Halbjahr")]
    with pytest.raises(PublicationRefused) as refused:
        protect_publication([by_place(ALL)], Policy(3), told)
    assert any(not each.places for each in refused.value.told)
    assert refused.value.tables["year"] == ("Bericht 2022",)
    assert refused.value.tables["half year"] == ("Bericht zum Halbjahr",)


def test_a_single_number_is_a_table_too() -> None:
    total = PublicTable("total", "contacts", YEAR, (), {(): 2})
    assert hidden_in(protect_publication([total], Policy(3))) == {()}
