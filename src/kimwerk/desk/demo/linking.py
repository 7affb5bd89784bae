"""Writes what of the caseload leads to others: consents, referrals in every state, conferences, signed plans."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from importlib.resources import files

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import in_the_past
from kimwerk.activities.types import CategoryList
from kimwerk.casework.conference_types import ConferenceFacts, TaskFacts
from kimwerk.casework.models import Case, Referral, ReferralOrigin
from kimwerk.casework.referral_types import Answer, DeclineReason, Outcome, ReferralChannel, ReferralFacts
from kimwerk.casework.services.agreeing import make_agreement, sign_agreement
from kimwerk.casework.services.answers import answer_referral
from kimwerk.casework.services.conferences import add_task, plan_conference
from kimwerk.casework.services.referrals import (
    finish_referral,
    give_up_referral,
    note_arrival,
    recall_referral,
    send_referral,
)
from kimwerk.consent.models import ConsentText
from kimwerk.consent.services import declare, withdraw
from kimwerk.consent.types import DeclarationFacts, DeclarationKind, Evidence, GrantFacts, Proof, TextLanguage
from kimwerk.desk.demo.caseload import the_caseload
from kimwerk.desk.demo.casework import acting_as
from kimwerk.desk.demo.ground import Ground
from kimwerk.kernel.data_categories import DataCategory

TOLD = (DataCategory.IDENTITY, DataCategory.CONTACT)
ALLOWED = frozenset({*TOLD, DataCategory.CONCERN, DataCategory.PLAN})
YEAR = timedelta(days=364)
DECLARED = 75


@dataclass(frozen=True, slots=True)
class Permit:
    """To whom a person lets tell what, on one paper."""

    person: str
    referral: Sequence[str]
    conference: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody of the cast answers: yes, or no with a reason."""

    by: str
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A referral and what became of it. `sent` days ago, answer due in `due` days, where that is not usual."""

    person: str
    to: str
    target: str
    need: str
    channel: str = "queue"
    concern: str = ""
    sent: int = 0
    due: int | None = None
    answer: Reply | None = None
    arrived: bool = False
    outcome: str = ""
    recalled: bool = False
    given_up: bool = False
    withdrawn: bool = False

    @property
    def answered(self) -> int:
        """How many days ago it was answered, if it was."""
        return self.sent * 2 // 3


@dataclass(frozen=True, slots=True)
class Chore:
    """A task of a conference, for whoever called it."""

    text: str
    due_in: int


@dataclass(frozen=True, slots=True)
class Table:
    """A conference to come."""

    person: str
    occasion: str
    question: str
    invite: Sequence[str]
    in_days: int
    place: str = ""
    tasks: Sequence[Chore] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A plan on paper, beside German in another language."""

    person: str
    language: str
    is_signed: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """Everything in the file."""

    consents: Sequence[Permit]
    referrals: Sequence[Sent]
    conferences: Sequence[Table]
    plans: Sequence[Paper]


@cache
def the_links() -> Links:
    """What the data file says."""
    table = tomllib.loads(files("kimwerk.desk.demo").joinpath("linking.toml").read_text("utf-8"))
    return Links(
        consents=[Permit(**each) for each in table["consents"]],
        referrals=[
            Sent(**each | {"answer": Reply(**each["answer"]) if "answer" in each else None})
            for each in table["referrals"]
        ],
        conferences=[
            Table(**each | {"tasks": [Chore(**task) for task in each.get("tasks", ())]})
            for each in table["conferences"]
        ],
        plans=[Paper(**each) for each in table["plans"]],
    )


def load_links(ground: Ground) -> None:
    """Let the cast of the caseload refer, confer and sign, under the text of consent that is in force."""
    text_id, links = _text_in_force(ground), the_links()
    manager = the_caseload().cases[0].manager
    with acting_as(ground, manager) as actor:
        for permit in links.consents:
            _allow(ground, actor, permit, text_id)
        sent = [(plot, _sent_then(ground, actor, plot)) for plot in links.referrals]
        for table in links.conferences:
            _convene(ground, actor, table)
        for paper in links.plans:
            _print(ground, actor, paper)
    for plot, referral in sent:
        if plot.answer:
            with acting_as(ground, plot.answer.by) as recipient, in_the_past(_day(ground, plot.answered)):
                _reply(recipient, referral, plot.answer)
    with acting_as(ground, manager) as actor:
        for plot, referral in sent:
            _follow(ground, actor, plot, Referral.objects.get(pk=referral.pk))
    for plot, referral in sent:  # the owner loads a past, which no errand may write
        _date_back(ground, plot, referral)


def _text_in_force(ground: Ground) -> int:
    texts = ConsentText.objects.of(ground.organisations["rsk"], DeclarationKind.DATA_CONSENT)
    return texts.in_force().get(language=TextLanguage.GERMAN.value).pk


def _case(actor: Actor, key: str) -> Case:
    client = the_caseload().people[key]
    named = Case.objects.own_of(actor).filter(person__family_name=client.family, person__given_names=client.given)
    return named.select_related("person").get()


def _allow(ground: Ground, actor: Actor, permit: Permit, text_id: int) -> None:
    case = _case(actor, permit.person)
    if case.person_id is None:
        return
    declared_on = ground.working_day(DECLARED)
    wanted = [("referral", permit.referral), ("case_conference", permit.conference)]
    grants = tuple(
        GrantFacts(
            purpose=purpose,
            categories=ALLOWED,
            valid_from=declared_on,
            valid_until=declared_on + YEAR,
            recipient_id=ground.organisations[key],
        )
        for purpose, keys in wanted
        for key in keys
    )
    proof = Proof(Evidence.PAPER, mark=f"Akte {case.number}")
    declare(actor=actor, facts=DeclarationFacts(case.person_id, text_id, declared_on, "Siegburg", grants, proof=proof))


def _sent_then(ground: Ground, actor: Actor, plot: Sent) -> Referral:
    with in_the_past(_day(ground, plot.sent)):
        return _send(ground, actor, plot)


def _send(ground: Ground, actor: Actor, plot: Sent) -> Referral:
    channel = ReferralChannel(plot.channel)
    facts = ReferralFacts(
        recipient_id=ground.organisations[plot.to],
        target_id=ground.categories[CategoryList.REFERRAL_TARGET.value, plot.target],
        need=plot.need,
        channel=channel,
        concern=plot.concern,
        categories=() if channel is ReferralChannel.SLIP else TOLD,
    )
    return send_referral(actor=actor, case=_case(actor, plot.person), facts=facts)


def _reply(recipient: Actor, referral: Referral, reply: Reply) -> None:
    reason = DeclineReason(reply.reason) if reply.reason else None
    answer = Answer(is_accepted=reason is None, reason=reason, note=reply.note)
    answer_referral(actor=recipient, referral=referral, version=referral.version, answer=answer)


def _follow(ground: Ground, actor: Actor, plot: Sent, referral: Referral) -> None:
    """What the sender notes of it, or does about it."""
    if plot.arrived:
        referral = note_arrival(actor=actor, referral=referral, version=referral.version, on=ground.today)
    if plot.outcome:
        outcome = Outcome(plot.outcome)
        finish_referral(actor=actor, referral=referral, version=referral.version, outcome=outcome)
    if plot.recalled:
        recall_referral(actor=actor, referral=referral, version=referral.version)
    if plot.given_up:
        give_up_referral(actor=actor, referral=referral, version=referral.version)
    if plot.withdrawn:
        withdraw(actor=actor, grant=ReferralOrigin.objects.get(referral=referral).grant)


def _date_back(ground: Ground, plot: Sent, referral: Referral) -> None:
    due = ground.today + timedelta(days=plot.due if plot.due is not None else 14 - plot.sent)
    Referral.objects.filter(pk=referral.pk).update(sent_at=_day(ground, plot.sent), answer_due_on=due)
    answered = Referral.objects.filter(pk=referral.pk, answered_at__isnull=False)
    answered.update(answered_at=_day(ground, plot.answered))


def _day(ground: Ground, ago: int) -> datetime:
    """In the morning of the day so many days ago; today it is now."""
    if not ago:
        return timezone.now()
    return timezone.make_aware(datetime.combine(ground.working_day(ago), time(10, 30)))


def _convene(ground: Ground, actor: Actor, table: Table) -> None:
    case = _case(actor, table.person)
    at = datetime.combine(
        ground.today + timedelta(days=table.in_days), time(10), tzinfo=timezone.get_default_timezone()
    )
    conference = plan_conference(
        actor=actor,
        facts=ConferenceFacts(
            organisation_id=case.organisation_id,
            occasion=table.occasion,
            planned_at=at,
            question=table.question,
            case_id=case.pk,
            place=table.place,
            invitees=tuple(ground.organisations[key] for key in table.invite),
            categories=TOLD,
        ),
    )
    for chore in table.tasks:
        task = TaskFacts(chore.text, ground.today + timedelta(days=chore.due_in), account_id=actor.account_id)
        add_task(actor=actor, conference=conference, task=task)


def _print(ground: Ground, actor: Actor, paper: Paper) -> None:
    plan = make_agreement(actor=actor, case=_case(actor, paper.person), language=paper.language, agreed_on=ground.today)
    if paper.is_signed:
        sign_agreement(actor=actor, agreement=plan, signed_on=ground.today, copy_handed_out=True)
