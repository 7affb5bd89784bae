"""Writes the caseload as the cast would: through the rooms' errands, as the web role, within the walls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.accounts.selectors import actor_by_email
from kimwerk.casework.models import Case
from kimwerk.casework.selectors.choices import admission_rules
from kimwerk.casework.services import clarify, close_case, deputise, open_case
from kimwerk.casework.services.contacting import log_contact
from kimwerk.casework.services.reminding import set_deadline
from kimwerk.casework.services.rules import add_admission_rule
from kimwerk.casework.types import (
    Attainment,
    CaseFacts,
    CaseKind,
    ChoiceList,
    ClarificationFacts,
    ClosingFacts,
    ContactFacts,
    DeadlineKind,
    Decision,
    Priority,
)
from kimwerk.desk.demo.caseload import Caseload, Client, Meeting, Story
from kimwerk.desk.demo.ground import Ground
from kimwerk.desk.demo.plans import write_plan
from kimwerk.persons.services import register_person
from kimwerk.persons.services.parts import MemberFacts, TitleFacts, add_member, note_title
from kimwerk.persons.types import LanguageFacts, LanguageLevel, NameFacts, NameKind, PersonFacts, Relation, Sex

OVERSEER = "karin"


def load_caseload(ground: Ground, caseload: Caseload) -> int:
    """Register everybody, open their cases and bring them to where they stand; returns how many contacts."""
    with acting_as(ground, OVERSEER) as overseer:
        for rule in caseload.rules:
            add_admission_rule(
                actor=overseer,
                organisation_id=ground.organisations["rsk"],
                label=rule.label,
                is_required=rule.is_required,
            )
    for story in caseload.cases:
        with acting_as(ground, story.manager) as actor:
            _tell(ground, actor, caseload, story)
    return sum(len(story.contacts) for story in caseload.cases)


@contextmanager
def acting_as(ground: Ground, name: str) -> Iterator[Actor]:
    """Somebody of the cast, as the web role sees them; the owner's privileges return afterwards."""
    actor = actor_by_email(f"{name}@{ground.domain}")
    if actor is None:
        raise LookupError(name)
    set_actor(actor.account_id)
    with connection.cursor() as cursor:
        cursor.execute("set local kimwerk.maintenance = ''")
        cursor.execute("set local role kimwerk_app")
    yield actor
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute("set local kimwerk.maintenance = 'on'")
    set_actor(None)


def _tell(ground: Ground, actor: Actor, caseload: Caseload, story: Story) -> None:
    person_id = _register(ground, actor, caseload.people[story.person], story)
    case = open_case(actor=actor, person_id=person_id, facts=_frame(ground, story))
    if story.decision:
        rules = tuple(rule.pk for rule in admission_rules(case.organisation_id))
        clarify(
            actor=actor, case=case, facts=ClarificationFacts(Decision(story.decision), story.reason, criteria=rules)
        )
    for meeting in story.contacts:
        log_contact(actor=actor, case=case, facts=_contact(ground, meeting))
    write_plan(ground, actor, case, story)
    for day in story.deadlines:
        due_on = ground.today + timedelta(days=day.due_in)
        set_deadline(actor=actor, case=case, kind=DeadlineKind(day.kind), due_on=due_on, note=day.note)
    if story.deputy:
        deputise(actor=actor, case=case, account_id=ground.accounts[story.deputy])
    _end(ground, actor, case, story)


def _end(ground: Ground, actor: Actor, case: Case, story: Story) -> None:
    if story.closing is None:
        return
    facts = ClosingFacts(
        closed_on=ground.working_day(story.closing.ago),
        reason_id=ground.choices[ChoiceList.CLOSURE_REASON, story.closing.reason],
        attainment=Attainment(story.closing.attainment),
        remaining_needs=story.closing.remaining,
    )
    close_case(actor=actor, case=case, facts=facts)


def _register(ground: Ground, actor: Actor, client: Client, story: Story) -> int:
    person = register_person(actor=actor, facts=_facts(ground, client, story))
    for member in client.household:
        facts = MemberFacts(Relation(member.relation), member.given, client.family, member.year, member.lives_here)
        add_member(actor=actor, person_id=person.pk, facts=facts)
    if client.title:
        until = ground.ahead(client.title_days)
        note_title(actor=actor, person_id=person.pk, facts=TitleFacts(client.title, client.arrived, until))
    return person.pk


def _facts(ground: Ground, client: Client, story: Story) -> PersonFacts:
    german = (LanguageFacts("deu", LanguageLevel(client.german)),) if client.german else ()
    original = (NameFacts(NameKind.ORIGINAL_SCRIPT, *client.original),) if client.original else ()
    place = _place(ground, story)
    return PersonFacts(
        organisation_id=ground.organisations[client.organisation],
        family_name=client.family,
        given_names=client.given,
        names=original,
        birth_date=client.born,
        birth_year=client.year,
        sex=Sex(client.sex),
        nationalities=(client.nationality,),
        languages=(LanguageFacts(client.tongue, None, is_mother_tongue=True), *german),
        interpreter_language=client.tongue if client.interpreter else "",
        municipality_id=ground.municipalities[ground.county.places[place].municipality],
        street=client.street,
        phone=client.phone,
        arrived_germany_on=client.arrived,
    )


def _place(ground: Ground, story: Story) -> str:
    """The site at which the case manager works most."""
    person = next(each for each in ground.county.people if each.key == story.manager)
    return person.sites[0] if person.sites else "kreishaus"


def _frame(ground: Ground, story: Story) -> CaseFacts:
    place = _place(ground, story)
    return CaseFacts(
        kind=CaseKind(story.kind),
        municipality_id=ground.municipalities[ground.county.places[place].municipality],
        site_id=ground.sites[place],
        access_path_id=ground.choices[ChoiceList.ACCESS_PATH, story.access],
        opened_on=ground.working_day(story.ago),
        priority=Priority(story.priority),
        next_review_on=ground.ahead(story.review_in),
    )


def _contact(ground: Ground, meeting: Meeting) -> ContactFacts:
    return ContactFacts(
        day=ground.working_day(meeting.ago),
        kind_id=ground.categories["kind", meeting.kind],
        channel_id=ground.categories["channel", meeting.channel],
        minutes=meeting.minutes,
        topics=tuple(ground.categories["topic", code] for code in meeting.topics),
        note=meeting.note,
    )
