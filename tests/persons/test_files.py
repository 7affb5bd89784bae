"""Opening, correcting and filling a person's file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.keys import open_for
from kimwerk.persons.models import HouseholdMember, IdentityDocument, NameToken, Person, ResidenceStatus
from kimwerk.persons.models.title import NUMBER_PURPOSE
from kimwerk.persons.reference import languages, nationalities, residence_titles
from kimwerk.persons.selectors import facts_by_category, facts_of, person_card, search_persons
from kimwerk.persons.services import PersonChangedMeanwhile, PersonRefused, correct_person, register_person
from kimwerk.persons.services.parts import (
    DocumentFacts,
    MemberFacts,
    TitleFacts,
    add_member,
    note_document,
    note_title,
    remove_document,
    remove_member,
    withdraw_title,
)
from kimwerk.persons.types import DocumentKind, NameFacts, NameKind, PersonField, PersonProblem, Relation
from tests.cast import Cast
from tests.persons.people import facts, register

ActAs = Callable[[Actor], Actor]
F, P = PersonField, PersonProblem
TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def frieda(cast: Cast, act_as: ActAs) -> Actor:
    """Frieda, acting."""
    return act_as(cast.actor("frieda"))


def test_a_file_says_again_what_was_said(cast: Cast, frieda: Actor) -> None:
    said = facts(cast, phone="0170 1234567", email="muster@kimwerk.example", street="Musterweg 1", postcode="53721")
    assert facts_of(register_person(actor=frieda, facts=said)) == said


@pytest.mark.parametrize(
    ("changes", "place", "problem"),
    [
        ({"family_name": ""}, F.FAMILY_NAME, P.MISSING),
        ({"family_name": "- '"}, F.FAMILY_NAME, P.MISSING),
        ({"family_name": "محمد"}, F.FAMILY_NAME, P.NOT_LATIN),
        ({"given_names": "Олена"}, F.GIVEN_NAMES, P.NOT_LATIN),
        ({"family_name": "Muster\u202etxt"}, F.FAMILY_NAME, P.CONTROL_CHARACTERS),
        ({"street": "Weg\u2066 1"}, F.STREET, P.CONTROL_CHARACTERS),
        (
            {"names": (NameFacts(NameKind.ORIGINAL_SCRIPT, "مح\u202eمد"),)},
            F.NAMES,
            P.CONTROL_CHARACTERS,
        ),
        ({"names": (NameFacts(NameKind.PASSPORT, "Мустер"),)}, F.NAMES, P.NOT_LATIN),
        ({"family_name": "M" * 121}, F.FAMILY_NAME, P.TOO_LONG),
        ({"birth_date": TOMORROW}, F.BIRTH_DATE, P.IN_THE_FUTURE),
        ({"birth_date": date(1899, 12, 31)}, F.BIRTH_DATE, P.LONG_AGO),
        ({"birth_year": 1990}, F.BIRTH_YEAR, P.DATE_AND_YEAR),
        ({"birth_date": None, "birth_year": 1850}, F.BIRTH_YEAR, P.LONG_AGO),
        ({"birth_date": None, "birth_year": TOMORROW.year + 1}, F.BIRTH_YEAR, P.IN_THE_FUTURE),
        ({"arrived_germany_on": date(1980, 1, 1)}, F.ARRIVED_GERMANY_ON, P.BEFORE_BIRTH),
        (
            {"arrived_germany_on": date(2022, 3, 1), "arrived_municipality_on": date(2022, 2, 1)},
            F.ARRIVED_MUNICIPALITY_ON,
            P.BEFORE_ARRIVAL,
        ),
        ({"nationalities": ("166", "166")}, F.NATIONALITIES, P.TWICE),
        ({"nationalities": ("001",)}, F.NATIONALITIES, P.UNKNOWN),
        ({"interpreter_language": "xxx"}, F.INTERPRETER_LANGUAGE, P.UNKNOWN),
        ({"birth_country": "zzz"}, F.BIRTH_COUNTRY, P.UNKNOWN),
        ({"postcode": "5372"}, F.POSTCODE, P.NOT_A_POSTCODE),
    ],
)
def test_facts_that_cannot_stand_are_refused_at_their_field(
    cast: Cast, frieda: Actor, changes: dict[str, object], place: PersonField, problem: PersonProblem
) -> None:
    with pytest.raises(PersonRefused) as refused:
        register_person(actor=frieda, facts=facts(cast, **changes))
    assert refused.value.problems[place].kind is problem
    assert not Person.objects.exists()


def test_a_refusal_never_repeats_a_name(cast: Cast, frieda: Actor) -> None:
    with pytest.raises(PersonRefused) as refused:
        register_person(actor=frieda, facts=facts(cast, family_name="Мустер"))
    assert "усте" not in str(refused.value)


def test_persian_joiners_within_a_name_are_spelling(cast: Cast, frieda: Actor) -> None:
    names = (NameFacts(NameKind.ORIGINAL_SCRIPT, "علی\u200cزاده", "رضا"),)
    assert register(cast, frieda, names=names).names.get().family == "علی\u200cزاده"


def test_nobody_registers_for_another_organisation(cast: Cast, frieda: Actor) -> None:
    with pytest.raises(PersonRefused) as refused:
        register(cast, frieda, organisation="Kreis Kleve")
    assert refused.value.problems[F.ORGANISATION].kind is P.NOT_YOURS


def test_a_correction_makes_the_new_name_findable_and_the_old_one_not(cast: Cast, frieda: Actor) -> None:
    person = register(cast, frieda)
    said = facts(cast, family_name="Beispielova", names=())
    corrected = correct_person(actor=frieda, person=person, version=1, facts=said)
    assert (corrected.version, corrected.changed_by_id) == (2, frieda.account_id)
    assert [hit.id for hit in search_persons(frieda, "beispielo")] == [person.pk]
    assert search_persons(frieda, "Мустеренко") == ()
    assert not NameToken.objects.filter(person=person, token="MUSTERENKO").exists()


def test_the_second_of_two_is_told_what_changed(cast: Cast, frieda: Actor) -> None:
    person = register(cast, frieda)
    correct_person(actor=frieda, person=person, version=1, facts=facts(cast, town="Siegburg"))
    with pytest.raises(PersonChangedMeanwhile) as clash:
        correct_person(actor=frieda, person=person, version=1, facts=facts(cast, phone="0170 1"))
    assert set(clash.value.differences) == {F.TOWN, F.PHONE}
    assert Person.objects.get(pk=person.pk).phone == ""


def test_a_correction_that_changes_nothing_is_none(cast: Cast, frieda: Actor) -> None:
    person = register(cast, frieda)
    assert correct_person(actor=frieda, person=person, version=1, facts=facts(cast)).version == 1


def test_a_colleague_corrects_nothing(cast: Cast, frieda: Actor, act_as: ActAs) -> None:
    person = register(cast, frieda)
    with pytest.raises(PermissionDenied):
        correct_person(actor=act_as(cast.actor("mehmet")), person=person, version=1, facts=facts(cast, town="Siegburg"))


def test_a_person_stays_with_their_controller(cast: Cast, frieda: Actor) -> None:
    person = register(cast, frieda)
    with pytest.raises(IntegrityError, match="stays with their controller"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(organisation=cast.organisations["Kreis Kleve"])


def test_residence_is_a_history_that_is_never_overwritten(cast: Cast, frieda: Actor) -> None:
    person = register(cast, frieda)
    first = note_title(actor=frieda, person_id=person.pk, facts=TitleFacts("asyl-55", date(2022, 1, 1)))
    second = note_title(
        actor=frieda, person_id=person.pk, facts=TitleFacts("ae-24", date(2022, 6, 1), date(2026, 6, 1), "Kreis")
    )
    for change in ({"title_key": "ae-24"}, {"valid_until": date(2023, 1, 1)}, {"authority": "Amt"}):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            ResidenceStatus.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        first.delete()
    withdrawn = withdraw_title(actor=frieda, status=second)
    assert withdrawn.withdrawn_at is not None
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ResidenceStatus.objects.filter(pk=second.pk).update(withdrawn_at=None, withdrawn_by=None)
    assert facts_by_category(frieda, person.pk)[DataCategory.RESIDENCE]["title"] == "Aufenthaltsgestattung (§ 55 AsylG)"


def test_the_number_of_a_paper_is_sealed(cast: Cast, frieda: Actor) -> None:
    person = register(cast, frieda)
    paper = note_document(
        actor=frieda, person_id=person.pk, facts=DocumentFacts(DocumentKind.PASSPORT, "FX 123456", "166", TOMORROW)
    )
    stored = bytes(IdentityDocument.objects.get(pk=paper.pk).number or b"")
    assert b"123456" not in stored
    assert open_for(person.pk, stored, purpose=NUMBER_PURPOSE) == "FX 123456"
    title = note_title(
        actor=frieda, person_id=person.pk, facts=TitleFacts("ae-24", date(2022, 6, 1), document_id=paper.pk)
    )
    remove_document(actor=frieda, document=paper)
    assert ResidenceStatus.objects.get(pk=title.pk).document is None


def test_a_household_links_only_files_in_ones_own_care(cast: Cast, frieda: Actor, act_as: ActAs) -> None:
    mehmet = act_as(cast.actor("mehmet"))
    strange = register(cast, mehmet, family_name="Fremd")
    act_as(frieda)
    person, wife = register(cast, frieda), register(cast, frieda, given_names="Olena")
    own = add_member(actor=frieda, person_id=person.pk, facts=MemberFacts(Relation.SPOUSE, "Olena", file_id=wife.pk))
    foreign = add_member(
        actor=frieda, person_id=person.pk, facts=MemberFacts(Relation.OTHER, "Muster", file_id=strange.pk)
    )
    assert (own.file_id, foreign.file_id) == (wife.pk, None)
    remove_member(actor=frieda, member=foreign)
    assert facts_by_category(frieda, person.pk)[DataCategory.FAMILY]["household"].endswith("Olena")


def test_what_may_be_handed_out_is_sorted_by_category(cast: Cast, frieda: Actor) -> None:
    person = register(cast, frieda, phone="0170 1", postcode="53721", town="Siegburg")
    found = facts_by_category(frieda, person.pk)
    assert found[DataCategory.IDENTITY]["name"] == "Oleksandr Musterenko"
    assert found[DataCategory.IDENTITY]["birth"] == "07.03.1990"
    assert found[DataCategory.IDENTITY]["nationalities"] == "ukrainisch"
    assert found[DataCategory.CONTACT] == {"phone": "0170 1"}
    assert found[DataCategory.ADDRESS] == {"address": "53721 Siegburg", "municipality": "Siegburg"}
    assert found[DataCategory.LANGUAGE]["interpreter_language"] == "Ukrainisch"
    assert not [category for category in found if category.is_special]


def test_a_card_says_who_somebody_is(cast: Cast, frieda: Actor) -> None:
    card = person_card(frieda, register(cast, frieda).pk)
    assert card is not None
    assert (card.name, card.listed_name) == ("Oleksandr Musterenko", "Musterenko, Oleksandr")
    assert (card.original_name, card.original_direction) == ("Олександр Мустеренко", "ltr")
    assert (card.birth, card.municipality, card.interpreter) == ("07.03.1990", "Siegburg", "Ukrainisch")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"family_name": ""}, "person_has_a_name_until_erased"),
        ({"birth_year": 1990}, "person_birth_is_date_or_year"),
        ({"birth_date": date(1800, 1, 1)}, "person_birth_date_is_plausible"),
        ({"birth_date": None, "birth_year": 1800}, "person_birth_year_is_plausible"),
        ({"sex": "x"}, "person_sex_is_known"),
        ({"preferred_channel": "pigeon"}, "person_channel_is_known"),
        ({"postcode": "1"}, "person_postcode_has_five_digits"),
        ({"changed_at": timezone.now()}, "person_changed_when_and_by_whom"),
        (
            {"arrived_germany_on": date(2022, 3, 1), "arrived_municipality_on": date(2022, 2, 1)},
            "person_arrives_in_germany_first",
        ),
    ],
)
def test_the_database_refuses_what_cannot_be(
    cast: Cast, frieda: Actor, change: dict[str, object], constraint: str
) -> None:
    person = register(cast, frieda)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(**change)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"relation": "friend"}, "household_relation_is_known"),
        ({"birth_year": 1800}, "household_birth_year_is_plausible"),
    ],
)
def test_the_database_refuses_an_impossible_household(
    cast: Cast, frieda: Actor, change: dict[str, object], constraint: str
) -> None:
    person = register(cast, frieda)
    member = add_member(actor=frieda, person_id=person.pk, facts=MemberFacts(Relation.CHILD, "Muster"))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        HouseholdMember.objects.filter(pk=member.pk).update(**change)
    with pytest.raises(IntegrityError, match="household_member_is_somebody_else"), transaction.atomic():
        HouseholdMember.objects.filter(pk=member.pk).update(file=person)


def test_the_official_lists_are_whole(cast: Cast) -> None:
    assert len(nationalities()) == 210
    assert len(languages()) == 508
    assert len(residence_titles()) == 154
    assert nationalities()["166"].label == "ukrainisch"
    assert {"ae-24", "ae-25a-1", "ae-104c", "asyl-55", "fiktion-81"} <= set(residence_titles())
