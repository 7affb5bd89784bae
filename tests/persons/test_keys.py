"""Sealing with a person's own key, and erasing by destroying it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from kimwerk.access.actors import Actor
from kimwerk.accounts.sealing import CannotUnseal
from kimwerk.persons.keys import open_for, seal_for
from kimwerk.persons.models import Care, NameToken, Person, PersonKey
from kimwerk.persons.selectors import person_card
from kimwerk.persons.services import erase_person
from kimwerk.persons.types import ErasureReason
from tests.cast import Cast, as_owner
from tests.persons.people import register

ActAs = Callable[[Actor], Actor]


def test_what_is_sealed_for_a_person_is_read_again(cast: Cast, act_as: ActAs) -> None:
    person = register(cast, act_as(cast.actor("frieda")))
    sealed = seal_for(person.pk, "Musternotiz é ж", purpose="contact.note")
    assert b"Muster" not in sealed
    assert open_for(person.pk, sealed, purpose="contact.note") == "Musternotiz é ж"


def test_a_sealed_text_is_bound_to_its_purpose_and_person(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    person, other = register(cast, frieda), register(cast, frieda, family_name="Beispiel")
    sealed = seal_for(person.pk, "Muster", purpose="contact.note")
    for person_id, purpose in ((person.pk, "contact.health"), (other.pk, "contact.note")):
        with pytest.raises(CannotUnseal):
            open_for(person_id, sealed, purpose=purpose)
    with pytest.raises(CannotUnseal):
        open_for(person.pk, b"", purpose="contact.note")


def test_the_key_of_a_person_is_out_of_reach_for_others(cast: Cast, act_as: ActAs) -> None:
    person = register(cast, act_as(cast.actor("frieda")))
    sealed = seal_for(person.pk, "Muster", purpose="note")
    act_as(cast.actor("mehmet"))
    with pytest.raises(CannotUnseal):
        open_for(person.pk, sealed, purpose="note")


def test_an_erased_person_leaves_an_empty_row_and_unreadable_texts(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    person = register(cast, frieda)
    sealed = seal_for(person.pk, "Muster", purpose="note")
    erase_person(actor=frieda, person_id=person.pk, reason=ErasureReason.ASKED)
    assert person_card(frieda, person.pk) is None
    with as_owner():
        with pytest.raises(CannotUnseal):
            open_for(person.pk, sealed, purpose="note")
        left = Person.objects.get(pk=person.pk)
        assert (left.family_name, left.given_names, left.sort_key, left.birth_date, left.town) == ("", "", "", None, "")
        assert left.erased_at is not None
        assert left.display_name == ""
        assert not NameToken.objects.filter(person=person).exists()
        assert PersonKey.objects.get(person=person).wrapped == ""
        assert not Care.objects.in_force().filter(person=person).exists()


def test_only_who_keeps_the_file_erases_it(cast: Cast, act_as: ActAs) -> None:
    person = register(cast, act_as(cast.actor("frieda")))
    for character in ("mehmet", "karin", "doris"):
        with pytest.raises(PermissionDenied):
            erase_person(actor=act_as(cast.actor(character)), person_id=person.pk, reason=ErasureReason.ASKED)
