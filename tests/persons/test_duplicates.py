"""Likely duplicates: shown with reasons at home, and as a question to ask elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.translation import override

from kimwerk.access.actors import Actor
from kimwerk.audit.models import Event
from kimwerk.persons.identity import compared_person, lookup_numbers, number_of, sounds_of
from kimwerk.persons.matching.pairs import ALMOST_CERTAIN
from kimwerk.persons.models import CommonKey, Identity
from kimwerk.persons.saying import reasons_in_words
from kimwerk.persons.selectors.duplicates import likely_duplicates, persons_near
from kimwerk.persons.selectors.likeness import likenesses, worth_looking_up
from kimwerk.persons.services import correct_person
from kimwerk.persons.services.counting import count_common_keys
from kimwerk.persons.services.duplicates import ask_elsewhere
from kimwerk.persons.services.erasing import erase_person
from kimwerk.persons.types import ErasureReason, NameFacts, NameKind, PersonFacts
from tests.cast import Cast, as_owner
from tests.persons.people import facts, register

ActAs = Callable[[Actor], Actor]


def asked(actor: Actor, cast: Cast, about: PersonFacts) -> tuple[int, ...]:
    """The organisations at which the actor is told to ask."""
    home = cast.organisations["Rhein-Sieg-Kreis"]
    found = ask_elsewhere(actor=actor, organisation_id=home, who=compared_person(about))
    return tuple(each.organisation_id for each in found)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "given name the same"),
        ({"family_name": "Oleksandr", "given_names": "Musterenko", "names": ()}, "given and family name swapped"),
        ({"family_name": "Mousterenko", "names": ()}, "family name spelt differently, heard alike"),
        (
            {
                "family_name": "Fremd",
                "given_names": "Egal",
                "names": (NameFacts(NameKind.ORIGINAL_SCRIPT, "Мустеренко", "Олександр"),),
            },
            "the same but for a further name",
        ),
        ({"birth_date": date(1990, 7, 3)}, "day and month of birth swapped"),
        ({"birth_date": None, "birth_year": 1990}, "year of birth the same, once as 1 January"),
        ({"birth_date": date(1990, 1, 1)}, "year of birth the same, once as 1 January"),
        ({"family_name": "Anders", "given_names": "Ganz", "names": ()}, None),
    ],
)
def test_a_likely_duplicate_is_shown_with_its_reasons(
    cast: Cast, act_as: ActAs, changes: dict[str, object], said: str | None
) -> None:
    frieda = act_as(cast.actor("frieda"))
    register(cast, frieda)
    found = likely_duplicates(frieda, facts(cast, **changes))
    with override(None):
        told = [reasons_in_words(candidate.likeness.reasons) for candidate in found]
    assert len(told) == (1 if said else 0)
    assert all(said in each for each in told if said)


def test_the_percentage_is_the_matchers_and_sinks_in_a_large_register(cast: Cast, act_as: ActAs) -> None:
    one, other = compared_person(facts(cast)), compared_person(facts(cast, birth_date=date(1990, 7, 3)))
    small = likenesses(one, [other])[0].score
    assert small == likenesses(other, [one])[0].score
    assert ALMOST_CERTAIN < small < 1
    with mock.patch("kimwerk.persons.selectors.likeness.register_size", return_value=100_000_000):
        assert likenesses(one, [other])[0].score < small


def test_a_name_that_many_bear_says_less(cast: Cast, act_as: ActAs) -> None:
    one, other = compared_person(facts(cast)), compared_person(facts(cast, birth_date=None))
    rare = likenesses(one, [other])[0].score
    sounds = [number_of(f"h{sound}") for sound in sounds_of((one,))]
    with as_owner():
        CommonKey.objects.bulk_create(CommonKey(key=sound, bearers=5000, share=0.05) for sound in sounds)
    assert likenesses(one, [other])[0].score < rare


def test_what_many_share_is_counted_at_night_and_not_looked_up(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    for day in range(1, 23):
        register(cast, frieda, birth_date=date(1990, 3, day))
    assert count_common_keys() > 0
    numbers = lookup_numbers(compared_person(facts(cast)))
    assert set(worth_looking_up(numbers, 20)) < set(numbers) == set(worth_looking_up(numbers, 22))


def test_an_erased_or_corrected_person_is_found_no_more_by_what_they_were(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    person = register(cast, frieda)
    numbers = lookup_numbers(compared_person(facts(cast)))
    assert persons_near(numbers) == [person.pk]
    other = facts(cast, family_name="Anders", given_names="Ganz", names=(), birth_date=date(1971, 1, 2))
    correct_person(actor=frieda, person=person, version=1, facts=other)
    assert persons_near(numbers) == []
    assert persons_near(lookup_numbers(compared_person(other))) == [person.pk]
    erase_person(actor=frieda, person_id=person.pk, reason=ErasureReason.ASKED)
    with as_owner():
        assert not Identity.objects.exists()


def test_the_web_role_cannot_read_the_numbers_itself(cast: Cast, act_as: ActAs) -> None:
    act_as(cast.actor("frieda"))
    for question in ("select * from persons_identity", "select walls.identity_near('person', '{1}')"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(question)


def test_a_duplicate_in_a_colleagues_care_is_no_candidate(cast: Cast, act_as: ActAs) -> None:
    register(cast, act_as(cast.actor("mehmet")))
    frieda = act_as(cast.actor("frieda"))
    assert likely_duplicates(frieda, facts(cast)) == ()
    assert asked(frieda, cast, facts(cast)) == (cast.organisations["Rhein-Sieg-Kreis"],)


def test_another_organisation_is_named_and_nothing_else(cast: Cast, act_as: ActAs) -> None:
    register(cast, act_as(cast.actor("klaus")), organisation="Kreis Kleve")
    frieda = act_as(cast.actor("frieda"))
    assert likely_duplicates(frieda, facts(cast)) == ()
    assert asked(frieda, cast, facts(cast)) == (cast.organisations["Kreis Kleve"],)
    assert asked(frieda, cast, facts(cast, birth_date=date(1990, 3, 8))) == ()
    assert asked(frieda, cast, facts(cast, birth_date=None, birth_year=1990)) != ()
    assert asked(frieda, cast, facts(cast, birth_date=None)) == ()
    assert asked(frieda, cast, facts(cast, family_name="Anders", given_names="Ganz", names=())) == ()


def test_ones_own_file_is_not_elsewhere(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    register(cast, frieda)
    assert asked(frieda, cast, facts(cast)) == ()


def test_every_question_is_logged_whatever_the_answer(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    asked(frieda, cast, facts(cast))
    act_as(cast.actor("doris"))
    questions = Event.objects.filter(action="person.asked_elsewhere", actor_id=frieda.account_id)
    assert questions.count() == 1


def test_the_question_opens_no_wall(cast: Cast, act_as: ActAs) -> None:
    register(cast, act_as(cast.actor("klaus")), organisation="Kreis Kleve")
    frieda = act_as(cast.actor("frieda"))
    asked(frieda, cast, facts(cast))
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('kimwerk.maintenance', true), (select count(*) from persons_person)")
        assert cursor.fetchone() == ("", 0)


@pytest.mark.parametrize("character", ["karin", "arno", "doris", "sam", "klaus"])
def test_who_registers_nobody_here_cannot_ask_in_sql(cast: Cast, act_as: ActAs, character: str) -> None:
    act_as(cast.actor(character))
    assert asked(cast.actor(character), cast, facts(cast)) == ()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select walls.identity_elsewhere(%s, '{1}')", [cast.organisations["Rhein-Sieg-Kreis"]])
