"""The committees of the synthetic county: four meetings of its steering group, as the office would have held them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import NotRequired, TypedDict

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.desk.demo.casework import acting_as
from kimwerk.desk.demo.ground import Ground
from kimwerk.documents.web.papers import as_pdf
from kimwerk.steering.models import AgendaItem, Committee, Meeting, Paper, Resolution, Seat, Task
from kimwerk.steering.selectors.meetings import agenda_of, attendance_of, suggestions_for
from kimwerk.steering.services.agenda import add_item, propose, take_up
from kimwerk.steering.services.committees import appoint, found_committee, keep_seat
from kimwerk.steering.services.meetings import close_minutes, plan_meeting
from kimwerk.steering.services.minutes import note_attendance, write_note
from kimwerk.steering.services.orders import draft_orders, take_step
from kimwerk.steering.services.papers import add_step, attach_file, keep_paper, note_step
from kimwerk.steering.services.resolutions import resolve, settle_resolution
from kimwerk.steering.services.tasks import give_task, settle_task
from kimwerk.steering.types import (
    CommitteeFacts,
    CommitteeKind,
    Competence,
    ItemFacts,
    MeetingFacts,
    OrdersStepKind,
    Outcome,
    PaperFacts,
    PaperOutcome,
    Presence,
    ResolutionFacts,
    Rhythm,
    SeatFacts,
    StepFacts,
    TaskFacts,
    TermFacts,
    WorkState,
)

LENGTH = timedelta(hours=2)


class SeatTold(TypedDict):
    """A seat and who holds it."""

    body: str
    function: str
    name: str
    account: NotRequired[str]
    deputy: NotRequired[str]
    chair: NotRequired[bool]
    advises: NotRequired[bool]


class CommitteeTold(TypedDict):
    """A committee; those that become another one stand after it."""

    key: str
    name: str
    kind: str
    purpose: str
    rhythm: str
    since: date
    until: NotRequired[date]
    becomes: NotRequired[str]
    seats: list[SeatTold]


class StepTold(TypedDict):
    """A step of the standing orders."""

    kind: str
    on: date
    by: str


class OrdersTold(TypedDict):
    """Standing orders and their way into force."""

    committee: str
    text: str
    steps: list[StepTold]


class ItemTold(TypedDict):
    """An item with what the minutes say about it."""

    title: str
    note: str
    by: NotRequired[str]


class ResolutionTold(TypedDict):
    """What was decided at an item."""

    item: str
    title: str
    text: str
    votes: list[int]
    responsible: NotRequired[str]
    due: NotRequired[date]
    effective: NotRequired[date]
    done: NotRequired[bool]


class TaskTold(TypedDict):
    """A task: with its day, or with so many days from today."""

    item: str
    title: str
    seat: str
    due: NotRequired[date]
    due_in: NotRequired[int]
    done: NotRequired[bool]


class MeetingTold(TypedDict):
    """A meeting that took place; everybody was there but `absent`."""

    committee: str
    title: str
    starts: datetime
    place: str
    absent: list[str]
    guests: NotRequired[str]
    items: list[ItemTold]
    resolutions: list[ResolutionTold]
    tasks: list[TaskTold]


class ProposalTold(TypedDict):
    """What a member wants to see on the agenda."""

    by: str
    title: str
    text: str


class NextTold(TypedDict):
    """The meeting that is being prepared."""

    committee: str
    title: str
    in_days: int
    place: str
    proposals: list[ProposalTold]


class WayTold(TypedDict):
    """A committee on the way of a paper."""

    committee: str
    competence: str
    on: NotRequired[date]
    outcome: NotRequired[str]


class AttachmentTold(TypedDict):
    """What is attached: a text that is set as PDF."""

    name: str
    text: str


class PaperTold(TypedDict):
    """A paper to committees."""

    number: str
    title: str
    proposal: str
    text: str
    author: str
    written_on: date
    released_on: date
    steps: list[WayTold]
    attachments: list[AttachmentTold]


class Steering(TypedDict):
    """The data file."""

    office: str
    committees: list[CommitteeTold]
    orders: OrdersTold
    meetings: list[MeetingTold]
    papers: list[PaperTold]
    next: NextTold


@dataclass(frozen=True, slots=True)
class Office:
    """Whoever keeps the committees, and those that exist by now."""

    ground: Ground
    actor: Actor
    committees: dict[str, Committee]


def load_steering(ground: Ground) -> None:
    """Found the committees, hold the meetings of the source, and prepare the next one."""
    told = the_steering()
    with acting_as(ground, told["office"]) as actor:
        office = Office(ground, actor, {})
        for committee in told["committees"]:
            office.committees[committee["key"]] = _found(office, committee)
        _adopt(office, told["orders"])
        for meeting in told["meetings"]:
            _hold(office, meeting)
        for paper in told["papers"]:
            _lay_before(office, paper)
    _prepare(ground, told, office.committees[told["next"]["committee"]])


def the_steering() -> Steering:
    """The data file, read."""
    text = files("kimwerk.desk.demo").joinpath("steering.toml").read_text(encoding="utf-8")
    steering: Steering = tomllib.loads(text)  # type: ignore[assignment]  # the file is ours, and the demo's test reads it
    return steering


def _found(office: Office, told: CommitteeTold) -> Committee:
    becomes = told.get("becomes")
    facts = CommitteeFacts(
        told["name"],
        CommitteeKind(told["kind"]),
        told["since"],
        told["purpose"],
        Rhythm(told["rhythm"]),
        last_day=told.get("until"),
        successor_id=office.committees[becomes].pk if becomes else None,
    )
    committee = found_committee(actor=office.actor, organisation_id=office.ground.organisations["rsk"], facts=facts)
    for seat in told["seats"]:
        _seat(office, committee, seat)
    return committee


def _seat(office: Office, committee: Committee, told: SeatTold) -> None:
    ground = office.ground
    facts = SeatFacts(
        ground.organisations[told["body"]], told["function"], not told.get("advises", False), told.get("chair", False)
    )
    seat = keep_seat(actor=office.actor, committee=committee, facts=facts)
    since, account = committee.valid.lower or ground.today, told.get("account")
    address = f"{account}@{ground.domain}" if account else f"gremium-{seat.pk}@{ground.domain}"
    holder = TermFacts(told["name"], since, address, ground.accounts[account] if account else None)
    appoint(actor=office.actor, seat=seat, facts=holder)
    if deputy := told.get("deputy"):
        facts_of_deputy = TermFacts(deputy, since, f"vertretung-{seat.pk}@{ground.domain}", is_deputy=True)
        appoint(actor=office.actor, seat=seat, facts=facts_of_deputy)


def _adopt(office: Office, told: OrdersTold) -> None:
    first, *steps = told["steps"]
    orders = draft_orders(
        actor=office.actor,
        committee=office.committees[told["committee"]],
        text=told["text"].strip(),
        on_day=first["on"],
        by=first["by"],
    )
    for step in steps:
        take_step(
            actor=office.actor, orders=orders, kind=OrdersStepKind(step["kind"]), on_day=step["on"], by=step["by"]
        )


def _hold(office: Office, told: MeetingTold) -> None:
    actor, committee = office.actor, office.committees[told["committee"]]
    starts_at = timezone.make_aware(told["starts"])
    meeting = plan_meeting(
        actor=actor,
        committee=committee,
        facts=MeetingFacts(starts_at, starts_at + LENGTH, told["place"], told["title"]),
    )
    _attend(office, meeting, told)
    opening, *_others = agenda_of(meeting)
    write_note(actor=actor, item=opening, version=0, text="Die Sitzung wird eröffnet, die Einladung war fristgerecht.")
    items = {item["title"]: _deal_with(office, meeting, item) for item in told["items"]}
    for decided in told["resolutions"]:
        _decide(office, committee, items[decided["item"]], decided)
    for task in told["tasks"]:
        _give(office, committee, items[task["item"]], task)
    close_minutes(actor=actor, meeting=meeting)
    at = starts_at + timedelta(days=2)
    Meeting.objects.filter(pk=meeting.pk).update(
        invited_at=starts_at - timedelta(days=committee.notice_days), closed_at=at, mailed_at=at
    )


def _attend(office: Office, meeting: Meeting, told: MeetingTold) -> None:
    seats = {
        line.seat.seat.pk: (
            Presence.EXCUSED if line.seat.seat.function in told["absent"] else Presence.PRESENT,
            line.name,
        )
        for line in attendance_of(meeting)
    }
    note_attendance(actor=office.actor, meeting=meeting, seats=seats, guests=told.get("guests", ""))


def _deal_with(office: Office, meeting: Meeting, told: ItemTold) -> AgendaItem:
    facts = ItemFacts(told["title"], presenter=told.get("by", ""))
    item = add_item(actor=office.actor, meeting=meeting, facts=facts)
    return write_note(actor=office.actor, item=item, version=0, text=told["note"]).item


def _decide(office: Office, committee: Committee, item: AgendaItem, told: ResolutionTold) -> None:
    yes, no, out = told["votes"]
    facts = ResolutionFacts(
        told["title"],
        Outcome.ADOPTED,
        item.meeting.day,
        (yes, no, out),
        told.get("effective"),
        told.get("responsible", ""),
        due_on=told.get("due"),
    )
    made = resolve(actor=office.actor, committee=committee, facts=facts, text=told["text"], item=item)
    if told.get("done"):
        settle_resolution(actor=office.actor, resolution=made, state=WorkState.DONE)
        Resolution.objects.filter(pk=made.pk).update(done_on=told.get("due") or item.meeting.day)


def _give(office: Office, committee: Committee, item: AgendaItem, told: TaskTold) -> None:
    seat = Seat.objects.get(committee=committee, function=told["seat"])
    due_on = told.get("due") or office.ground.ahead(told.get("due_in"))
    facts = TaskFacts(told["title"], owner_seat_id=seat.pk, due_on=due_on)
    task = give_task(actor=office.actor, committee=committee, facts=facts, item=item)
    if told.get("done"):
        settle_task(actor=office.actor, task=task, state=WorkState.DONE)
        Task.objects.filter(pk=task.pk).update(done_on=due_on)


def _lay_before(office: Office, told: PaperTold) -> None:
    actor = office.actor
    facts = PaperFacts(told["number"], told["title"], told["proposal"], told["text"].strip(), told["author"])
    paper = keep_paper(actor=actor, organisation_id=office.ground.organisations["rsk"], facts=facts)
    Paper.objects.filter(pk=paper.pk).update(written_on=told["written_on"], released_on=told["released_on"])
    made_at = timezone.make_aware(datetime.combine(told["written_on"], time(12)))
    for attached in told["attachments"]:
        pdf = as_pdf(attached["name"], attached["text"], "de", told["title"], made_at)
        attach_file(actor=actor, paper=paper, name=attached["name"], content=pdf)
    for way in told["steps"]:
        on_day = way.get("on")
        facts_of_step = StepFacts(office.committees[way["committee"]].pk, Competence(way["competence"]), on_day)
        step = add_step(actor=actor, paper=paper, facts=facts_of_step)
        if on_day and (outcome := way.get("outcome")):
            note_step(actor=actor, step=step, outcome=PaperOutcome(outcome), on_day=on_day)


def _prepare(ground: Ground, told: Steering, committee: Committee) -> None:
    """The next meeting: members have proposed for it, and the office has taken up one of what waits."""
    coming = told["next"]
    for proposal in coming["proposals"]:
        with acting_as(ground, proposal["by"]) as member:
            propose(actor=member, committee=committee, title=proposal["title"], text=proposal["text"])
    day = ground.today + timedelta(days=coming["in_days"])
    starts_at = timezone.make_aware(datetime.combine(day, datetime.min.time()).replace(hour=14))
    with acting_as(ground, told["office"]) as actor:
        facts = MeetingFacts(starts_at, starts_at + LENGTH, coming["place"], coming["title"])
        meeting = plan_meeting(actor=actor, committee=committee, facts=facts)
        first = next(iter(suggestions_for(actor, meeting)))
        take_up(actor=actor, meeting=meeting, keys=[first.key])
