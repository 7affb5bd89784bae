"""What is wrong with facts about a person, judged before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.kernel.names import search_form, tidy
from kimwerk.persons.models.person import EARLIEST_YEAR
from kimwerk.persons.policies import may_register
from kimwerk.persons.reference import languages, nationalities
from kimwerk.persons.texts import problem_of_latin_name, problem_of_text
from kimwerk.persons.types import NameKind, PersonFacts, PersonField, PersonProblem, Problem, Problems

F, P = PersonField, PersonProblem
NAME_LENGTHS = {F.FAMILY_NAME: 120, F.GIVEN_NAMES: 120, F.TITLE: 60, F.PREFIX: 60}
TEXT_LENGTHS = {F.STREET: 120, F.TOWN: 80, F.PHONE: 60, F.EMAIL: 254, F.POSTCODE: 5}
LONGEST_NAME = 120
_POSTCODE = re.compile(r"[0-9]{5}")

Found = Iterator[tuple[PersonField, Problem]]


def tidied(facts: PersonFacts) -> PersonFacts:
    """The facts with single blanks and composed letters; nothing else is changed."""
    names = (replace(each, family=tidy(each.family), given=tidy(each.given)) for each in facts.names)
    return replace(
        facts,
        family_name=tidy(facts.family_name),
        given_names=tidy(facts.given_names),
        title=tidy(facts.title),
        prefix=tidy(facts.prefix),
        names=tuple(dict.fromkeys(names)),
        street=tidy(facts.street),
        postcode=tidy(facts.postcode),
        town=tidy(facts.town),
        phone=tidy(facts.phone),
        email=tidy(facts.email),
    )


def judge(facts: PersonFacts, *, actor: Actor) -> Problems:
    """All problems, the first one of each field. The facts should be tidied."""
    problems: Problems = {}
    for part in (_names(facts), _texts(facts), _birth(facts), _arrival(facts), _keys(facts)):
        for place, problem in part:
            problems.setdefault(place, problem)
    if not may_register(actor, facts.organisation_id):
        problems[F.ORGANISATION] = Problem(P.NOT_YOURS)
    return problems


def _names(facts: PersonFacts) -> Found:
    for place, longest in NAME_LENGTHS.items():
        if problem := problem_of_latin_name(getattr(facts, place.value), longest):
            yield place, problem
    if not search_form(facts.family_name):
        yield F.FAMILY_NAME, Problem(P.MISSING)
    for each in facts.names:
        check = problem_of_text if each.kind is NameKind.ORIGINAL_SCRIPT else problem_of_latin_name
        for text in (each.family, each.given):
            if problem := check(text, LONGEST_NAME):
                yield F.NAMES, problem
        if not search_form(f"{each.family} {each.given}"):
            yield F.NAMES, Problem(P.MISSING)


def _texts(facts: PersonFacts) -> Found:
    for place, longest in TEXT_LENGTHS.items():
        if problem := problem_of_text(getattr(facts, place.value), longest):
            yield place, problem
    if facts.postcode and not _POSTCODE.fullmatch(facts.postcode):
        yield F.POSTCODE, Problem(P.NOT_A_POSTCODE)


def _birth(facts: PersonFacts) -> Found:
    today = timezone.localdate()
    if facts.birth_date and facts.birth_year:
        yield F.BIRTH_YEAR, Problem(P.DATE_AND_YEAR)
    if facts.birth_date and facts.birth_date > today:
        yield F.BIRTH_DATE, Problem(P.IN_THE_FUTURE)
    if facts.birth_date and facts.birth_date.year < EARLIEST_YEAR:
        yield F.BIRTH_DATE, Problem(P.LONG_AGO)
    if facts.birth_year is not None and facts.birth_year > today.year:
        yield F.BIRTH_YEAR, Problem(P.IN_THE_FUTURE)
    if facts.birth_year is not None and facts.birth_year < EARLIEST_YEAR:
        yield F.BIRTH_YEAR, Problem(P.LONG_AGO)


def _arrival(facts: PersonFacts) -> Found:
    germany, municipality = facts.arrived_germany_on, facts.arrived_municipality_on
    for place, day in ((F.ARRIVED_GERMANY_ON, germany), (F.ARRIVED_MUNICIPALITY_ON, municipality)):
        if day and day > timezone.localdate():
            yield place, Problem(P.IN_THE_FUTURE)
        if day and day < _born(facts):
            yield place, Problem(P.BEFORE_BIRTH)
    if germany and municipality and municipality < germany:
        yield F.ARRIVED_MUNICIPALITY_ON, Problem(P.BEFORE_ARRIVAL)


def _born(facts: PersonFacts) -> date:
    return facts.birth_date or date(max(facts.birth_year or EARLIEST_YEAR, EARLIEST_YEAR), 1, 1)


def _keys(facts: PersonFacts) -> Found:
    if any(key not in nationalities() for key in facts.nationalities):
        yield F.NATIONALITIES, Problem(P.UNKNOWN)
    if len(set(facts.nationalities)) < len(facts.nationalities):
        yield F.NATIONALITIES, Problem(P.TWICE)
    spoken = [each.key for each in facts.languages]
    if any(key not in languages() for key in spoken):
        yield F.LANGUAGES, Problem(P.UNKNOWN)
    if len(set(spoken)) < len(spoken):
        yield F.LANGUAGES, Problem(P.TWICE)
    if facts.interpreter_language and facts.interpreter_language not in languages():
        yield F.INTERPRETER_LANGUAGE, Problem(P.UNKNOWN)
    if facts.birth_country and facts.birth_country not in nationalities():
        yield F.BIRTH_COUNTRY, Problem(P.UNKNOWN)
