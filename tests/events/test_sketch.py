"""The sketch of a county: every municipality lies where it lies, and its mark says how far it is."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

from django.utils import timezone

from kimwerk.directory.models import Municipality
from kimwerk.directory.place_list import shipped_places
from kimwerk.directory.positions import positions
from kimwerk.events.models import Event
from kimwerk.events.selectors.events import Place
from kimwerk.events.types import EventState
from kimwerk.events.web.sketch import Stand, sketch_of

SOUTH, NORTH, WEST, EAST = 50.3, 52.6, 5.8, 9.5


def town(ags: str, name: str) -> Municipality:
    return Municipality(ags=ags, name=name)


def county(key: str) -> list[Place]:
    return [Place(town(str(each.ags), each.name), ()) for each in shipped_places() if str(each.ags).startswith(key)]


def test_every_municipality_has_a_place_within_the_land() -> None:
    assert set(positions()) == {str(each.ags) for each in shipped_places()}
    for each in positions().values():
        assert SOUTH < each.latitude < NORTH
        assert WEST < each.longitude < EAST


def test_north_is_up_and_east_is_right() -> None:
    sketch = sketch_of(county("05382"))
    assert sketch is not None
    marks = {mark.name: mark for mark in sketch.marks}
    assert len(marks) == 19
    assert marks["Lohmar"].y < marks["Siegburg"].y < marks["Bad Honnef"].y
    assert marks["Swisttal"].x < marks["Siegburg"].x < marks["Windeck"].x


def test_no_name_of_the_model_county_lies_on_another() -> None:
    sketch = sketch_of(county("05382"))
    assert sketch is not None
    for one, other in combinations(sketch.marks, 2):
        assert not one.box.meets(other.box), (one.name, other.name)


def test_a_mark_says_whether_an_event_was_held_is_planned_or_open() -> None:
    later = timezone.now() + timedelta(days=9)
    held, planned = (
        Event(state=EventState.HELD.value, starts_at=later),
        Event(state=EventState.PLANNED.value, starts_at=later),
    )
    places = [
        Place(town("05382060", "Siegburg"), (planned, held)),
        Place(town("05382068", "Troisdorf"), (planned,)),
        Place(town("05382020", "Hennef"), ()),
    ]
    sketch = sketch_of(places)
    assert sketch is not None
    assert {mark.name: mark.stand for mark in sketch.marks} == {
        "Siegburg": Stand.HELD, "Troisdorf": Stand.PLANNED, "Hennef": Stand.OPEN,
    }  # fmt: skip


def test_two_places_are_no_map() -> None:
    assert sketch_of(county("05382")[:2]) is None
    assert sketch_of([]) is None
