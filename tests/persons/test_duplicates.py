"""Likely duplicates: shown with reasons at home, and as a question to ask elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.audit.models import Event
from kimwerk.persons.comparing import Reason, likeness
from kimwerk.persons.selectors.duplicates import likely_duplicates
from kimwerk.persons.services.duplicates import ask_elsewhere
from kimwerk.persons.types import NameFacts, NameKind, PersonFacts, Sex
from tests.cast import Cast
from tests.persons.people import facts, register

ActAs = Callable[[Actor], Actor]


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, [Reason.SAME_NAME, Reason.SAME_BIRTH_DATE]),
        (
            {"family_name": "Oleksandr", "given_names": "Musterenko", "names": ()},
            [Reason.SWAPPED_NAME, Reason.SAME_BIRTH_DATE],
        ),
        (
            {"family_name": "Mustärenko", "given_names": "Alexander", "names": (), "birth_date": date(1990, 7, 3)},
            [Reason.SPELT_ALIKE, Reason.SWAPPED_BIRTH_DATE],
        ),
        ({"family_name": "Mousterenko", "names": ()}, [Reason.SPELT_ALIKE, Reason.SAME_BIRTH_DATE]),
        (
            {
                "family_name": "Fremd",
                "given_names": "Egal",
                "names": (NameFacts(NameKind.ORIGINAL_SCRIPT, "Мустеренко", "Олександр"),),
            },
            [Reason.SAME_NAME, Reason.SAME_BIRTH_DATE],
        ),
        ({"birth_date": date(1990, 7, 3)}, [Reason.SAME_NAME, Reason.SWAPPED_BIRTH_DATE]),
        ({"birth_date": None, "birth_year": 1990}, [Reason.SAME_NAME, Reason.SAME_BIRTH_YEAR]),
        ({"birth_date": date(1990, 1, 1)}, [Reason.SAME_NAME, Reason.FIRST_OF_JANUARY]),
        ({"birth_date": None}, [Reason.SAME_NAME]),
        ({"birth_date": date(1971, 1, 2)}, None),
        ({"family_name": "Anders", "given_names": "Ganz", "names": ()}, None),
    ],
)
def test_a_likely_duplicate_is_shown_with_its_reasons(
    cast: Cast, act_as: ActAs, changes: dict[str, object], reasons: list[Reason] | None
) -> None:
    frieda = act_as(cast.actor("frieda"))
    register(cast, frieda)
    found = likely_duplicates(frieda, facts(cast, **changes))
    assert [list(candidate.likeness.reasons) for candidate in found] == ([reasons] if reasons else [])


def test_a_duplicate_in_a_colleagues_care_is_no_candidate(cast: Cast, act_as: ActAs) -> None:
    register(cast, act_as(cast.actor("mehmet")))
    frieda = act_as(cast.actor("frieda"))
    assert likely_duplicates(frieda, facts(cast)) == ()
    assert ask_elsewhere(actor=frieda, facts=facts(cast)) == (cast.organisations["Rhein-Sieg-Kreis"],)


def test_another_organisation_is_named_and_nothing_else(cast: Cast, act_as: ActAs) -> None:
    register(cast, act_as(cast.actor("klaus")), organisation="Kreis Kleve")
    frieda = act_as(cast.actor("frieda"))
    assert likely_duplicates(frieda, facts(cast)) == ()
    assert ask_elsewhere(actor=frieda, facts=facts(cast)) == (cast.organisations["Kreis Kleve"],)
    assert ask_elsewhere(actor=frieda, facts=facts(cast, birth_date=date(1990, 3, 8))) == ()
    assert ask_elsewhere(actor=frieda, facts=facts(cast, birth_date=None, birth_year=1990)) != ()
    assert ask_elsewhere(actor=frieda, facts=facts(cast, birth_date=None)) == ()
    assert ask_elsewhere(actor=frieda, facts=facts(cast, family_name="Anders", given_names="Ganz", names=())) == ()


def test_ones_own_file_is_not_elsewhere(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    register(cast, frieda)
    assert ask_elsewhere(actor=frieda, facts=facts(cast)) == ()


def test_every_question_is_logged_whatever_the_answer(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    ask_elsewhere(actor=frieda, facts=facts(cast))
    act_as(cast.actor("doris"))
    asked = Event.objects.filter(action="person.asked_elsewhere", actor_id=frieda.account_id)
    assert asked.count() == 1


def test_the_question_opens_no_wall(cast: Cast, act_as: ActAs) -> None:
    register(cast, act_as(cast.actor("klaus")), organisation="Kreis Kleve")
    frieda = act_as(cast.actor("frieda"))
    ask_elsewhere(actor=frieda, facts=facts(cast))
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('kimwerk.maintenance', true), (select count(*) from persons_person)")
        assert cursor.fetchone() == ("", 0)


@pytest.mark.parametrize("character", ["karin", "arno", "doris", "sam", "klaus"])
def test_who_registers_nobody_here_cannot_ask_in_sql(cast: Cast, act_as: ActAs, character: str) -> None:
    act_as(cast.actor(character))
    assert ask_elsewhere(actor=cast.actor(character), facts=facts(cast)) == ()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select walls.persons_elsewhere(%s, '{A}', '{}', '1990-03-07', null)",
            [cast.organisations["Rhein-Sieg-Kreis"]],
        )


NAMES = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x4FF), min_size=1, max_size=12)
PEOPLE = st.builds(
    PersonFacts,
    organisation_id=st.just(1),
    family_name=NAMES,
    given_names=NAMES,
    birth_date=st.none() | st.dates(date(1930, 1, 1), date(2020, 1, 1)),
    sex=st.sampled_from(Sex),
)


@given(PEOPLE, PEOPLE)
def test_likeness_is_the_same_in_both_directions(one: PersonFacts, other: PersonFacts) -> None:
    assert likeness(one, other).score == likeness(other, one).score


@given(PEOPLE)
def test_nobody_is_more_alike_than_oneself(one: PersonFacts) -> None:
    assert Reason.SAME_NAME in likeness(one, one).reasons
