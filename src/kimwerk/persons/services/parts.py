"""What hangs on a file and is added or taken away piece by piece: household, papers, residence titles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.kernel.names import tidy
from kimwerk.persons.keys import seal_for
from kimwerk.persons.models import HouseholdMember, IdentityDocument, Person, ResidenceStatus
from kimwerk.persons.models.title import NUMBER_PURPOSE
from kimwerk.persons.services.files import account_of, locked
from kimwerk.persons.types import DocumentKind, Relation


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """Somebody of the household; `file_id` where they have a file that the actor may open."""

    relation: Relation
    given_names: str
    family_name: str = ""
    birth_year: int | None = None
    lives_here: bool = True
    file_id: int | None = None


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """A residence title with its time; `valid_until` is None for one without an end."""

    title_key: str
    valid_from: date
    valid_until: date | None = None
    authority: str = ""
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A paper of the person."""

    kind: DocumentKind
    number: str = ""
    country: str = ""
    valid_until: date | None = None


@transaction.atomic
def add_member(*, actor: Actor, person_id: int, facts: MemberFacts) -> HouseholdMember:
    """Note somebody of the household. A file that the actor may not open is not linked."""
    person = locked(actor, person_id)
    linked = Person.objects.visible_to(actor).exclude(pk=person_id).filter(pk=facts.file_id or 0).first()
    member = HouseholdMember.objects.create(
        person=person,
        relation=facts.relation.value,
        given_names=tidy(facts.given_names),
        family_name=tidy(facts.family_name),
        birth_year=facts.birth_year,
        lives_here=facts.lives_here,
        file=linked,
    )
    record(actor=actor, action="person.household_noted", subject=person)
    return member


@transaction.atomic
def remove_member(*, actor: Actor, member: HouseholdMember) -> None:
    """Take somebody out of the household."""
    person = locked(actor, member.person_id)
    member.delete()
    record(actor=actor, action="person.household_noted", subject=person)


@transaction.atomic
def note_title(*, actor: Actor, person_id: int, facts: TitleFacts) -> ResidenceStatus:
    """Add a residence title to the history. What stood there before stays as it was."""
    person = locked(actor, person_id)
    document = IdentityDocument.objects.filter(person=person, pk=facts.document_id or 0).first()
    status = ResidenceStatus.objects.create(
        person=person,
        title_key=facts.title_key,
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
        authority=tidy(facts.authority),
        document=document,
        noted_by_id=account_of(actor),
    )
    record(actor=actor, action="person.title_noted", subject=person)
    return status


@transaction.atomic
def withdraw_title(*, actor: Actor, status: ResidenceStatus) -> ResidenceStatus:
    """Say that an entry of the history was a mistake. It stays readable as one."""
    person = locked(actor, status.person_id)
    current = ResidenceStatus.objects.select_for_update(of=("self",)).get(pk=status.pk)
    if current.withdrawn_at is None:
        current.withdrawn_at, current.withdrawn_by_id = timezone.now(), account_of(actor)
        current.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(actor=actor, action="person.title_withdrawn", subject=person)
    return current


@transaction.atomic
def note_document(*, actor: Actor, person_id: int, facts: DocumentFacts) -> IdentityDocument:
    """Note a paper; its number is sealed with the person's key."""
    person = locked(actor, person_id)
    number = tidy(facts.number)
    document = IdentityDocument.objects.create(
        person=person,
        kind=facts.kind.value,
        number=seal_for(person_id, number, purpose=NUMBER_PURPOSE) if number else None,
        country=facts.country,
        valid_until=facts.valid_until,
        noted_by_id=account_of(actor),
    )
    record(actor=actor, action="person.document_noted", subject=person)
    return document


@transaction.atomic
def remove_document(*, actor: Actor, document: IdentityDocument) -> None:
    """Forget a paper. Residence titles that named it stay."""
    person = locked(actor, document.person_id)
    document.delete()
    record(actor=actor, action="person.document_removed", subject=person)
