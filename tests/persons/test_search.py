"""Finding persons while typing, in every script, among those in one's care."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.persons.selectors import search_persons
from kimwerk.persons.selectors.search import LAST_SIGN, PEOPLE_NAMED
from kimwerk.persons.types import NameFacts, NameKind
from tests.cast import Cast
from tests.persons.people import register

ActAs = Callable[[Actor], Actor]


@pytest.fixture
def frieda(cast: Cast, act_as: ActAs) -> Actor:
    """Frieda with three people in her care."""
    actor = act_as(cast.actor("frieda"))
    register(cast, actor)
    register(
        cast,
        actor,
        family_name="al-Beispiel",
        given_names="Muhammad",
        birth_date=None,
        birth_year=1984,
        names=(NameFacts(NameKind.ORIGINAL_SCRIPT, "المثال", "محمد"), NameFacts(NameKind.ALIAS, "Abu Muster", "")),
    )
    register(cast, actor, family_name="Müller-Łukaš", given_names="Zoë", names=(), birth_date=date(2001, 12, 24))
    return actor


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("must", ["Musterenko, Oleksandr", "al-Beispiel, Muhammad"]),
        ("mustere", ["Musterenko, Oleksandr"]),
        ("oleks muster", ["Musterenko, Oleksandr"]),
        ("Мустер", ["Musterenko, Oleksandr", "al-Beispiel, Muhammad"]),
        ("Мустере", ["Musterenko, Oleksandr"]),
        ("олександр", ["Musterenko, Oleksandr"]),
        ("Мустеренко Олекс", ["Musterenko, Oleksandr"]),
        ("محم", ["al-Beispiel, Muhammad"]),
        ("abu", ["al-Beispiel, Muhammad"]),
        ("mueller", ["Müller-Łukaš, Zoë"]),
        ("muller", []),
        ("lukas zoe", ["Müller-Łukaš, Zoë"]),
        ("Müller 2001", ["Müller-Łukaš, Zoë"]),
        ("Müller 2002", []),
        ("1984", ["al-Beispiel, Muhammad"]),
        ("zoe muster", []),
        ("'; drop table", []),
        ("", []),
        ("  ", []),
    ],
)
def test_words_in_any_order_and_script_find_a_person(frieda: Actor, typed: str, found: list[str]) -> None:
    hits = search_persons(frieda, typed)
    assert sorted(hit.name for hit in hits if not hit.by_sound) == found


@pytest.mark.parametrize(
    ("typed", "found"), [("Mohammed", "al-Beispiel, Muhammad"), ("Mustärenkow", None), ("Miller", "Müller-Łukaš, Zoë")]
)
def test_what_sounds_alike_is_found_and_marked(frieda: Actor, typed: str, found: str | None) -> None:
    hits = search_persons(frieda, typed)
    assert [(hit.name, hit.by_sound) for hit in hits] == ([(found, True)] if found else [])


def test_a_colleague_finds_nothing(frieda: Actor, cast: Cast, act_as: ActAs) -> None:
    mehmet = act_as(cast.actor("mehmet"))
    assert search_persons(mehmet, "must") == ()
    assert search_persons(mehmet, "1984") == ()


@pytest.mark.parametrize("who", ["mehmet", "karin", "klaus", None])
def test_the_database_names_nobody_of_another_ones_care(frieda: Actor, cast: Cast, who: str | None) -> None:
    everything = [[0], [""], [LAST_SIGN], ["search", "original", "transliteration", "phonetic"]]
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE_NAMED, everything)
        assert [len(found) for (found,) in cursor.fetchall()] == [3]
        set_actor(cast.accounts[who] if who else None)
        cursor.execute(PEOPLE_NAMED, everything)
        assert cursor.fetchall() == [([],)]


def test_a_search_costs_four_queries_and_one_line_in_the_log(
    frieda: Actor, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(4):  # type: ignore[attr-defined]  # a context manager of pytest-django
        hits = search_persons(frieda, "must", limit=2)
    assert len(hits) == 2


def test_the_original_script_comes_with_its_direction(frieda: Actor) -> None:
    (hit,) = search_persons(frieda, "abu")
    assert (hit.original_name, hit.original_direction, hit.birth) == ("محمد المثال", "rtl", "1984")
