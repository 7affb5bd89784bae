"""What the demo's people allowed and what was passed on: through the errands of consent, within the walls.

Only the days of past disclosures are loaded behind the walls; the database asks each for its consent all the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from importlib.resources import files

from django.utils import timezone

from kimwerk.consent.keys import seal_content
from kimwerk.consent.models import (
    ConsentText,
    Disclosure,
    DisclosureRead,
    Grant,
    Purpose,
    RecipientGroup,
    StatutoryBasis,
)
from kimwerk.consent.services import approve_version, begin_version, declare, withdraw
from kimwerk.consent.services.disclosing import hash_of
from kimwerk.consent.services.lists import add_group, join_group
from kimwerk.consent.types import Answer, DeclarationFacts, DeclarationKind, Evidence, GrantFacts, Proof
from kimwerk.desk.demo.caseload import the_caseload
from kimwerk.desk.demo.casework import acting_as
from kimwerk.desk.demo.ground import Ground
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.models import Person
from kimwerk.persons.selectors import facts_by_category

Basis = Mapping[str, Grant | StatutoryBasis | str]
WRITER, APPROVER, READER, HOME = "karin", "doris", "arno", "rsk"


@dataclass(frozen=True, slots=True)
class Allowed:
    """One thing allowed to an organisation (`to`) or a group."""

    purpose: str
    data: Sequence[str]
    ends_in: int
    to: str = ""
    group: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was passed on under one of the grants, counted from 0."""

    grant: int
    ago: int
    data: Sequence[str]
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A declaration: given with its grants, or refused."""

    person: str
    language: str
    ago: int
    place: str
    kind: str = DeclarationKind.DATA_CONSENT.value
    answer: str = Answer.GIVEN.value
    interpreter: str = ""
    is_withdrawn: bool = False
    grants: tuple[Allowed, ...] = ()
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class ByLaw:
    """Something that was passed on because a law allows it."""

    person: str
    to: str
    purpose: str
    law: str
    reason: str
    ago: int
    data: Sequence[str]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of recipients."""

    name: str
    members: Sequence[str]
    ago: int


@dataclass(frozen=True, slots=True)
class Consents:
    """The whole file."""

    particulars: Mapping[str, str]
    groups: tuple[Group, ...]
    declarations: tuple[Answered, ...]
    by_law: tuple[ByLaw, ...]


@cache
def the_consents() -> Consents:
    """What the data file says."""
    table = tomllib.loads(files("kimwerk.desk.demo").joinpath("consent.toml").read_text("utf-8"))
    return Consents(
        particulars=table["particulars"],
        groups=tuple(Group(**row) for row in table["groups"]),
        declarations=tuple(
            Answered(
                **row
                | {
                    "grants": tuple(Allowed(**each) for each in row.get("grants", ())),
                    "told": tuple(Told(**each) for each in row.get("told", ())),
                }
            )
            for row in table["declarations"]
        ),
        by_law=tuple(ByLaw(**row) for row in table["by_law"]),
    )


def load_consents(ground: Ground) -> None:
    """Put the texts into force, then note every declaration and what was passed on under it."""
    consents = the_consents()
    _put_texts_into_force(ground, consents)
    for answered in consents.declarations:
        _answer(ground, answered)
    for told in consents.by_law:
        known = _known(ground, told.person)
        law = StatutoryBasis.objects.get(code=told.law)
        basis: Basis = {"statutory_basis": law, "basis_reason": told.reason}
        _tell(ground, told.person, told.to, told.purpose, told.ago, _part(known, told.data), basis)


def _put_texts_into_force(ground: Ground, consents: Consents) -> None:
    home = ground.organisations[HOME]
    with acting_as(ground, WRITER) as writer:
        for kind in DeclarationKind:
            begin_version(actor=writer, organisation_id=home, kind=kind, particulars=consents.particulars)
        for each in consents.groups:
            group = add_group(actor=writer, organisation_id=home, name=each.name)
            for member in each.members:
                since = ground.working_day(each.ago)
                join_group(actor=writer, group=group, member_id=ground.organisations[member], since=since)
    with acting_as(ground, APPROVER) as officer:
        for kind in DeclarationKind:
            draft = ConsentText.objects.of(home, kind).filter(language="de").get()
            approve_version(actor=officer, text=draft)


def _answer(ground: Ground, answered: Answered) -> None:
    person = _person(answered.person)
    with acting_as(ground, _manager(answered.person)) as actor:
        declaration = declare(actor=actor, facts=_facts(ground, answered, person))
        grants = tuple(declaration.grants.order_by("pk"))
    known = _known(ground, answered.person) if answered.told else {}
    for told in answered.told:
        grant, allowed = grants[told.grant], answered.grants[told.grant]
        made = _tell(
            ground, answered.person, allowed.to, allowed.purpose, told.ago, _part(known, told.data), {"grant": grant}
        )
        if told.is_read:
            DisclosureRead.objects.create(disclosure=made, account_id=ground.accounts[READER])
    with acting_as(ground, _manager(answered.person)) as actor:
        if answered.is_withdrawn:
            withdraw(actor=actor, declaration=declaration)
        for grant, allowed in zip(grants, answered.grants, strict=True):
            if allowed.is_withdrawn:
                withdraw(actor=actor, grant=grant)


def _facts(ground: Ground, answered: Answered, person: Person) -> DeclarationFacts:
    declared_on = ground.working_day(answered.ago)
    text = ConsentText.objects.of(person.organisation_id, DeclarationKind(answered.kind)).in_force()
    return DeclarationFacts(
        person_id=person.pk,
        text_id=text.get(language=answered.language).pk,
        declared_on=declared_on,
        place=answered.place,
        answer=Answer(answered.answer),
        interpreter=answered.interpreter,
        proof=Proof(Evidence.PAPER, mark=f"Ordner 3, Blatt {answered.ago}") if answered.grants else None,
        is_copy_handed_out=bool(answered.grants),
        grants=tuple(
            GrantFacts(
                purpose=each.purpose,
                categories=frozenset(map(DataCategory, each.data)),
                valid_from=declared_on,
                valid_until=ground.today + timedelta(days=each.ends_in),
                recipient_id=ground.organisations[each.to] if each.to else None,
                group_id=RecipientGroup.objects.get(name=each.group).pk if each.group else None,
            )
            for each in answered.grants
        ),
    )


def _tell(
    ground: Ground,
    person_key: str,
    to: str,
    purpose: str,
    ago: int,
    content: Mapping[DataCategory, Mapping[str, str]],
    basis: Basis,
) -> Disclosure:
    person = _person(person_key)
    made = Disclosure(
        person=person,
        organisation_id=person.organisation_id,
        recipient_id=ground.organisations[to],
        purpose=Purpose.objects.get(code=purpose),
        categories=sorted(category.value for category in content),
        content_hash=hash_of(content),
        disclosed_at=timezone.make_aware(datetime.combine(ground.working_day(ago), time(10, 30))),
        disclosed_by_id=ground.accounts[_manager(person_key)],
    )
    for name, value in basis.items():
        setattr(made, name, value)
    made.save()
    made.refresh_from_db()
    seal_content(made, content)
    return made


def _known(ground: Ground, person_key: str) -> Mapping[DataCategory, Mapping[str, str]]:
    with acting_as(ground, _manager(person_key)) as actor:
        return facts_by_category(actor, _person(person_key).pk)


def _part(
    known: Mapping[DataCategory, Mapping[str, str]], data: Sequence[str]
) -> dict[DataCategory, Mapping[str, str]]:
    return {category: known[category] for category in map(DataCategory, data) if category in known}


def _person(key: str) -> Person:
    client = the_caseload().people[key]
    return Person.objects.get(family_name=client.family, given_names=client.given)


def _manager(key: str) -> str:
    return next(story.manager for story in the_caseload().cases if story.person == key)
