"""Opening and correcting the file of a person."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.persons.keys import make_key
from kimwerk.persons.models import Person
from kimwerk.persons.policies import may_keep
from kimwerk.persons.selectors.facts import facts_of
from kimwerk.persons.services.judging import judge, tidied
from kimwerk.persons.services.refusals import PersonChangedMeanwhile, PersonRefused
from kimwerk.persons.services.writing import columns_of, write_parts
from kimwerk.persons.types import PersonFacts, PersonField


@transaction.atomic
def register_person(*, actor: Actor, facts: PersonFacts) -> Person:
    """Open a file, entrusted to whoever opens it, with a key of its own. Raises PersonRefused."""
    facts = check_facts(actor=actor, facts=facts)
    person = Person.objects.create(
        pk=_admit(facts.organisation_id),
        organisation_id=facts.organisation_id,
        created_by_id=account_of(actor),
        **columns_of(facts),
    )
    make_key(person.pk)
    write_parts(person, facts)
    record(actor=actor, action="person.registered", subject=person)
    return person


@transaction.atomic
def correct_person(*, actor: Actor, person: Person, version: int, facts: PersonFacts) -> Person:
    """Change a file that was read at `version`. Raises PersonChangedMeanwhile if it has moved on since."""
    current = locked(actor, person.pk)
    facts = tidied(facts)
    differences = changed_fields(facts_of(current), facts)
    if current.version != version and differences:
        raise PersonChangedMeanwhile(current, differences)
    if not differences:
        return current
    check_facts(actor=actor, facts=facts)
    for column, value in columns_of(facts).items():
        setattr(current, column, value)
    write_parts(current, facts)
    touch(current, actor)
    current.save()
    record(actor=actor, action="person.corrected", subject=current)
    return current


def check_facts(*, actor: Actor, facts: PersonFacts) -> PersonFacts:
    """The facts made tidy, before anything is done with them. Raises PersonRefused."""
    facts = tidied(facts)
    if problems := judge(facts, actor=actor):
        raise PersonRefused(problems)
    return facts


def changed_fields(before: PersonFacts, after: PersonFacts) -> tuple[PersonField, ...]:
    """The fields in which two versions differ; lists count as equal in any order."""
    return tuple(
        PersonField(column.removesuffix("_id"))
        for column in PersonFacts.__dataclass_fields__
        if _comparable(getattr(before, column)) != _comparable(getattr(after, column))
    )


def locked(actor: Actor, person_id: int) -> Person:
    """The file as it stands now, held until the transaction ends."""
    current = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    if current is None or not may_keep(actor, current):
        raise PermissionDenied
    return current


def touch(person: Person, actor: Actor) -> None:
    """Note who changed the file when, and count the version up."""
    person.changed_at, person.changed_by_id = timezone.now(), account_of(actor)
    person.version += 1


def account_of(actor: Actor) -> int:
    """The actor's account; nobody does nothing."""
    if actor.account_id is None:
        raise PermissionDenied
    return actor.account_id


def _admit(organisation_id: int) -> int:
    """The number of a new person who is entrusted to the actor already; the row must follow at once."""
    with connection.cursor() as cursor:
        cursor.execute("select walls.admit_person(%s)", [organisation_id])
        row: tuple[int] = cursor.fetchone()
    return row[0]


def _comparable(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value
