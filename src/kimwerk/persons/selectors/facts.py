"""The facts of a file: as they were said, and as they may be handed out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record_read
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.models import HouseholdMember, Person, ResidenceStatus
from kimwerk.persons.reference import language_name, nationalities, residence_titles
from kimwerk.persons.types import (
    Channel,
    LanguageFacts,
    LanguageLevel,
    NameFacts,
    NameKind,
    PersonFacts,
    Relation,
    Sex,
)
from kimwerk.persons.wording import CHANNELS, NAME_KINDS, RELATIONS, SEXES

Values = dict[str, str]
_KIND_ORDER = [kind.value for kind in NameKind]


def facts_of(person: Person) -> PersonFacts:
    """What the file says, in the form in which it is said again when it is corrected."""
    return PersonFacts(
        organisation_id=person.organisation_id,
        family_name=person.family_name,
        given_names=person.given_names,
        title=person.title,
        prefix=person.prefix,
        names=tuple(
            NameFacts(NameKind(each.kind), each.family, each.given)
            for each in sorted(person.names.all(), key=lambda each: (_KIND_ORDER.index(each.kind), each.pk))
        ),
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        birth_country=person.birth_country,
        sex=Sex(person.sex),
        nationalities=tuple(each.key for each in sorted(person.nationalities.all(), key=lambda each: each.pk)),
        languages=tuple(
            LanguageFacts(each.key, LanguageLevel(each.level) if each.level else None, each.is_mother_tongue)
            for each in sorted(person.languages.all(), key=lambda each: (not each.is_mother_tongue, each.pk))
        ),
        interpreter_language=person.interpreter_language,
        municipality_id=person.municipality_id,
        street=person.street,
        postcode=person.postcode,
        town=person.town,
        phone=person.phone,
        email=person.email,
        preferred_channel=Channel(person.preferred_channel) if person.preferred_channel else None,
        arrived_germany_on=person.arrived_germany_on,
        arrived_municipality_on=person.arrived_municipality_on,
    )


def facts_by_category(actor: Actor, person_id: int) -> Mapping[DataCategory, Mapping[str, str]]:
    """What may be put into a disclosure: per category the fields that hold something, as shown in German.

    Empty for a person who is not in the actor's care. Recorded as a reading of the file.
    """
    person = Person.objects.visible_to(actor).select_related("municipality").filter(pk=person_id).first()
    if person is None:
        return {}
    record_read(actor=actor, subject_type=Person._meta.db_table, subject_id=str(person_id))
    facts = facts_of(person)
    values = {
        DataCategory.IDENTITY: _identity(person, facts),
        DataCategory.CONTACT: _contact(facts),
        DataCategory.ADDRESS: _address(person, facts),
        DataCategory.FAMILY: _family(person),
        DataCategory.RESIDENCE: _residence(person, facts),
        DataCategory.LANGUAGE: _language(facts),
    }
    filled = {category: {name: value for name, value in found.items() if value} for category, found in values.items()}
    return {category: found for category, found in filled.items() if found}


def birth_as_shown(birth_date: date | None, birth_year: int | None) -> str:
    """The date, or the year alone, or nothing."""
    if birth_date is not None:
        return date_format(birth_date, "d.m.Y")
    return str(birth_year) if birth_year else ""


def nationality_names(keys: tuple[str, ...]) -> str:
    """The nationalities in words, after commas."""
    known = nationalities()
    return ", ".join(known[key].label if key in known else key for key in keys)


def title_name(key: str) -> str:
    """The residence title as the list calls it."""
    found = residence_titles().get(key)
    return found.label if found else key


def language_as_shown(each: LanguageFacts) -> str:
    """A language with what is known of it: "Ukrainisch (Muttersprache)", "Deutsch (A2)"."""
    notes = [_("mother tongue")] if each.is_mother_tongue else []
    notes += [each.level.value] if each.level else []
    return f"{language_name(each.key)} ({', '.join(notes)})" if notes else language_name(each.key)


def _identity(person: Person, facts: PersonFacts) -> Values:
    further = [f"{NAME_KINDS[each.kind]}: {each.given} {each.family}".replace("  ", " ") for each in facts.names]
    country = nationalities().get(facts.birth_country)
    return {
        "name": person.display_name,
        "further_names": "; ".join(further),
        "birth": birth_as_shown(facts.birth_date, facts.birth_year),
        "birth_country": country.state if country else "",
        "sex": str(SEXES[facts.sex]) if facts.sex is not Sex.UNKNOWN else "",
        "nationalities": nationality_names(facts.nationalities),
    }


def _contact(facts: PersonFacts) -> Values:
    channel = str(CHANNELS[facts.preferred_channel]) if facts.preferred_channel else ""
    return {"phone": facts.phone, "email": facts.email, "preferred_channel": channel}


def _address(person: Person, facts: PersonFacts) -> Values:
    town = f"{facts.postcode} {facts.town}".strip()
    return {
        "address": ", ".join(part for part in (facts.street, town) if part),
        "municipality": person.municipality.name if person.municipality else "",
    }


def _family(person: Person) -> Values:
    members = HouseholdMember.objects.filter(person=person).order_by("pk")
    return {"household": "; ".join(_member(each) for each in members)}


def _member(member: HouseholdMember) -> str:
    name = f"{member.given_names} {member.family_name}".strip()
    born = f" ({member.birth_year})" if member.birth_year else ""
    return f"{RELATIONS[Relation(member.relation)]}: {name}{born}"


def _residence(person: Person, facts: PersonFacts) -> Values:
    current = ResidenceStatus.objects.filter(person=person, withdrawn_at=None).order_by("-valid_from", "-pk").first()
    return {
        "title": title_name(current.title_key) if current else "",
        "valid_until": date_format(current.valid_until, "d.m.Y") if current and current.valid_until else "",
        "authority": current.authority if current else "",
        "arrived_germany_on": birth_as_shown(facts.arrived_germany_on, None),
        "arrived_municipality_on": birth_as_shown(facts.arrived_municipality_on, None),
    }


def _language(facts: PersonFacts) -> Values:
    interpreter = language_name(facts.interpreter_language) if facts.interpreter_language else ""
    return {
        "languages": ", ".join(language_as_shown(each) for each in facts.languages),
        "interpreter_language": interpreter,
    }
