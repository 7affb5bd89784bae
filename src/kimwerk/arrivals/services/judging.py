"""What is wrong with what is said about a family, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils import timezone

from kimwerk.arrivals.models.registration import EARLIEST_YEAR
from kimwerk.arrivals.types import MemberFacts, Problems, SharedFacts
from kimwerk.arrivals.types import RegistrationField as F
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.kernel.names import tidy
from kimwerk.persons.reference import nationalities
from kimwerk.persons.texts import problem_of_latin_name, problem_of_text
from kimwerk.persons.types import PersonProblem, Problem

LONGEST = {F.STREET: 120, F.POSTCODE: 5, F.TOWN: 80, F.HOST: 120, F.PHONE: 60, F.GUARDIAN: 120}
LONGEST_NAME = 120
EARLIEST_ARRIVAL = date(1990, 1, 1)
_POSTCODE = re.compile(r"[0-9]{5}")

Found = Iterator[tuple[F, Problem]]


def tidied_shared(shared: SharedFacts) -> SharedFacts:
    """With single blanks and composed letters; nothing else is changed."""
    return replace(
        shared,
        street=tidy(shared.street),
        postcode=tidy(shared.postcode),
        town=tidy(shared.town),
        host=tidy(shared.host),
        phone=tidy(shared.phone),
    )


def tidied_member(member: MemberFacts) -> MemberFacts:
    """With single blanks and composed letters; nothing else is changed."""
    return replace(
        member,
        family_name=tidy(member.family_name),
        given_names=tidy(member.given_names),
        original_family=tidy(member.original_family),
        original_given=tidy(member.original_given),
        guardian=tidy(member.guardian),
    )


def judge_shared(shared: SharedFacts, organisation_id: int) -> Problems:
    """What is wrong with what the members share, at most one problem a field."""
    return _first(_shared(shared, organisation_id))


def judge_stay(shared: SharedFacts) -> Problems:
    """The same without asking whether the municipality is one of the organisation's: whoever knows that already."""
    return _first(_stay(shared))


def judge_member(member: MemberFacts) -> Problems:
    """What is wrong with what is said about one member, at most one problem a field."""
    return _first(_member(member))


def _first(found: Found) -> Problems:
    problems: Problems = {}
    for field, problem in found:
        problems.setdefault(field, problem)
    return problems


def _shared(shared: SharedFacts, organisation_id: int) -> Found:
    district = Organisation.objects.filter(pk=organisation_id).values("district")
    if not Municipality.objects.filter(pk=shared.municipality_id, district__in=district).exists():
        yield F.MUNICIPALITY, Problem(PersonProblem.UNKNOWN)
    yield from _stay(shared)


def _stay(shared: SharedFacts) -> Found:
    if shared.arrived_on > timezone.localdate():
        yield F.ARRIVED_ON, Problem(PersonProblem.IN_THE_FUTURE)
    if shared.arrived_on < EARLIEST_ARRIVAL:
        yield F.ARRIVED_ON, Problem(PersonProblem.LONG_AGO)
    if shared.postcode and not _POSTCODE.fullmatch(shared.postcode):
        yield F.POSTCODE, Problem(PersonProblem.NOT_A_POSTCODE)
    yield from _texts(shared, (F.STREET, F.POSTCODE, F.TOWN, F.HOST, F.PHONE))


def _member(member: MemberFacts) -> Found:
    if not member.family_name:
        yield F.FAMILY_NAME, Problem(PersonProblem.MISSING)
    for field in (F.FAMILY_NAME, F.GIVEN_NAMES):
        if problem := problem_of_latin_name(getattr(member, field.value), LONGEST_NAME):
            yield field, problem
    for field in (F.ORIGINAL_FAMILY, F.ORIGINAL_GIVEN):
        if problem := problem_of_text(getattr(member, field.value), LONGEST_NAME):
            yield field, problem
    if member.birth_date and member.birth_date > timezone.localdate():
        yield F.BIRTH_DATE, Problem(PersonProblem.IN_THE_FUTURE)
    if member.birth_date and member.birth_date.year < EARLIEST_YEAR:
        yield F.BIRTH_DATE, Problem(PersonProblem.LONG_AGO)
    if member.nationality and member.nationality not in nationalities():
        yield F.NATIONALITY, Problem(PersonProblem.UNKNOWN)
    yield from _texts(member, (F.GUARDIAN,))


def _texts(facts: SharedFacts | MemberFacts, names: tuple[F, ...]) -> Found:
    for field in names:
        if problem := problem_of_text(getattr(facts, field.value), LONGEST[field]):
            yield field, problem
