"""How facts about a person become rows: the person, and what hangs on them."""

from __future__ import annotations

from kimwerk.kernel.names import PersonName as Spelling
from kimwerk.persons.identity import compared_person, identity_numbers
from kimwerk.persons.models import Language, NameToken, Nationality, Person, PersonName
from kimwerk.persons.scripts import script_of
from kimwerk.persons.tokens import spellings, tokens_of
from kimwerk.persons.types import PersonFacts

COLUMNS = (
    *("family_name", "given_names", "title", "prefix", "birth_date", "birth_year", "birth_country"),
    *("interpreter_language", "municipality_id", "street", "postcode", "town", "phone", "email"),
    *("arrived_germany_on", "arrived_municipality_on"),
)
"""Facts that stand in columns of the same name."""


def columns_of(facts: PersonFacts) -> dict[str, object]:
    """The columns of `Person` that hold facts, without the organisation, which never changes."""
    spelling = Spelling(facts.family_name, facts.given_names, facts.title, facts.prefix)
    return {column: getattr(facts, column) for column in COLUMNS} | {
        "sort_key": spelling.sort_key,
        "sex": facts.sex.value,
        "match_keys": identity_numbers(compared_person(facts)),
        "preferred_channel": facts.preferred_channel.value if facts.preferred_channel else "",
    }


def write_parts(person: Person, facts: PersonFacts) -> None:
    """Make names, nationalities, languages and search words of the person those of the facts."""
    PersonName.objects.filter(person=person).delete()
    PersonName.objects.bulk_create(
        PersonName(
            person=person,
            kind=each.kind.value,
            family=each.family,
            given=each.given,
            script=script_of(f"{each.family}{each.given}"),
        )
        for each in facts.names
    )
    Nationality.objects.filter(person=person).delete()
    Nationality.objects.bulk_create(Nationality(person=person, key=key) for key in facts.nationalities)
    Language.objects.filter(person=person).delete()
    Language.objects.bulk_create(
        Language(
            person=person,
            key=each.key,
            level=each.level.value if each.level else "",
            is_mother_tongue=each.is_mother_tongue,
        )
        for each in facts.languages
    )
    NameToken.objects.filter(person=person).delete()
    NameToken.objects.bulk_create(
        NameToken(person=person, kind=kind.value, token=token) for kind, token in sorted(tokens_of(spellings(facts)))
    )
