"""Committees in the world of the attacks: a steering group with a Frieda in it and standing orders."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.directory.models import Municipality
from kimwerk.needs.services import open_gap, report_need
from kimwerk.needs.types import GapFacts, Level, NeedFacts, Origin, Severity
from kimwerk.steering.models import Committee, Resolution
from kimwerk.steering.services.agenda import add_item, propose
from kimwerk.steering.services.committees import appoint
from kimwerk.steering.services.effects import check_effect, measure_effect, put_into_force
from kimwerk.steering.services.goals import bind_indicator, keep_goal, keep_measure
from kimwerk.steering.services.mailing import order_invitation
from kimwerk.steering.services.meetings import plan_meeting
from kimwerk.steering.services.minutes import note_attendance, write_note
from kimwerk.steering.services.orders import draft_orders
from kimwerk.steering.services.papers import add_step, attach_file, keep_paper, release_paper
from kimwerk.steering.services.plans import keep_entry
from kimwerk.steering.services.resolutions import resolve
from kimwerk.steering.services.tasks import give_task
from kimwerk.steering.types import (
    Aim,
    Competence,
    GoalFacts,
    GoalKind,
    IndicatorFacts,
    ItemFacts,
    MeasureFacts,
    MeetingFacts,
    Outcome,
    PaperFacts,
    PlanFacts,
    PlanKind,
    Presence,
    ResolutionFacts,
    StepFacts,
    TaskFacts,
    TermFacts,
    Turn,
)
from tests.cast import Cast
from tests.steering.bodies import AUTUMN, seat_of, steering_group

OF_COMMITTEE = (
    *("committee", "change_committee", "add_seat", "new_orders", "plan_meeting", "propose"),
    *("give_task_between", "resolve_in_writing"),
)
OF_MEETING = (
    *("meeting", "change_meeting", "cancel", "invitation", "send_invitation", "invitation_pdf", "appointment"),
    *("agenda", "take_up", "attendance", "minutes", "minutes_pdf", "close_minutes", "reopen_minutes", "send_minutes"),
)
OF_ITEM = ("item", "move_item", "remove_item", "note", "drop_draft", "give_task", "resolve")
OF_RESOLUTION = (
    *("resolution", "change_resolution", "reword", "settle_resolution"),
    *("measure_effect", "check_effect", "into_force"),
)
OF_MEASURE = ("measure", "change_measure", "settle_measure", "bind_indicator")
OF_PAPER = ("paper", "paper_pdf", "change_paper", "release_paper", "add_paper_step", "attach_to_paper")
OF_STEERING = {
    **dict.fromkeys((f"steering:{name}" for name in OF_PAPER), "paper"),
    **dict.fromkeys(("steering:note_paper_step", "steering:remove_paper_step"), "paper_step"),
    **dict.fromkeys(("steering:paper_attachment", "steering:detach_from_paper"), "paper_attachment"),
    **dict.fromkeys((f"steering:{name}" for name in OF_COMMITTEE), "committee"),
    **dict.fromkeys(("steering:change_seat", "steering:give_up_seat", "steering:appoint"), "seat"),
    "steering:end_term": "term",
    "steering:send_again": "mailing",
    **dict.fromkeys((f"steering:{name}" for name in OF_MEETING), "meeting"),
    **dict.fromkeys((f"steering:{name}" for name in OF_ITEM), "agenda_item"),
    **dict.fromkeys((f"steering:{name}" for name in OF_RESOLUTION), "resolution"),
    **dict.fromkeys(("steering:task", "steering:change_task", "steering:settle_task"), "task"),
    "steering:withdraw_proposal": "proposal",
    "steering:change_goal": "goal",
    **dict.fromkeys(("steering:change_plan_entry", "steering:remove_plan_entry"), "plan_entry"),
    **dict.fromkeys((f"steering:{name}" for name in OF_MEASURE), "measure"),
    **dict.fromkeys(("steering:count_indicator", "steering:release_indicator"), "indicator"),
    "steering:end_in_force": "in_force",
    **dict.fromkeys(("needs:need", "needs:correct", "needs:check", "needs:reject"), "need"),
    **dict.fromkeys(("needs:gap", "needs:keep_gap", "needs:move_gap"), "gap"),
    **dict.fromkeys(("steering:orders", "steering:rewrite_orders", "steering:orders_step"), "orders"),
}
OF_MEMBERS = (
    *("steering:committee", "steering:orders", "steering:propose", "steering:withdraw_proposal"),
    *("steering:meeting", "steering:invitation_pdf", "steering:appointment", "steering:minutes_pdf"),
    *("steering:task", "steering:settle_task", "steering:resolution", "needs:correct"),
    *("steering:measure", "steering:paper", "steering:paper_pdf", "steering:paper_attachment"),
)
"""Doors through which members of a committee pass, to their own committees only."""


def build_steering(cast: Cast) -> dict[str, int]:
    """The numbers of one thing of every sort."""
    kim = cast.actor("kim")
    set_actor(kim.account_id)
    committee = steering_group(cast, kim, name="Lenkungsgruppe Frieda", purpose="Frieda")
    seat = seat_of(cast, kim, committee, "Frieda")
    term = appoint(actor=kim, seat=seat, facts=TermFacts("Frieda Fallbeispiel", AUTUMN, "frieda@example.org"))
    orders = draft_orders(actor=kim, committee=committee, text="Frieda", on_day=date(2021, 11, 1))
    moment = datetime(2022, 5, 4, 14, tzinfo=UTC)
    meeting = plan_meeting(actor=kim, committee=committee, facts=MeetingFacts(moment, title="Frieda"))
    item = add_item(actor=kim, meeting=meeting, facts=ItemFacts("Frieda"))
    write_note(actor=kim, item=item, version=0, text="Frieda")
    seats = {seat.pk: (Presence.PRESENT, "Frieda Fallbeispiel")}
    note_attendance(actor=kim, meeting=meeting, seats=seats, guests="Frieda")
    task = give_task(actor=kim, committee=committee, facts=TaskFacts("Frieda"), item=item)
    decided = ResolutionFacts(
        "Frieda", Outcome.ADOPTED, date(2022, 5, 4), effective_on=date(2022, 5, 4), responsible="Frieda"
    )
    resolution = resolve(actor=kim, committee=committee, facts=decided, text="Frieda", item=item)
    named = NeedFacts("Frieda", Origin.EVENT, date(2022, 3, 1), "Frieda", "Frieda")
    need = report_need(actor=kim, organisation_id=committee.organisation_id, facts=named)
    facts = GapFacts("Frieda", Level.COUNTY, Severity.HIGH, "Frieda", "Frieda")
    gap = open_gap(actor=kim, organisation_id=committee.organisation_id, facts=facts)
    proposal = propose(actor=kim, committee=committee, title="Frieda")
    aims = _build_goals(cast, kim, committee, resolution)
    aims |= _build_paper(kim, committee)
    mailing = order_invitation(actor=kim, meeting=meeting, host="kimwerk.example")
    return aims | {
        "committee": committee.pk,
        "seat": seat.pk,
        "term": term.pk,
        "orders": orders.pk,
        "meeting": meeting.pk,
        "mailing": mailing.pk,
        "agenda_item": item.pk,
        "task": task.pk,
        "resolution": resolution.pk,
        "proposal": proposal.pk,
        "need": need.pk,
        "gap": gap.pk,
    }


def _build_paper(kim: Actor, committee: Committee) -> dict[str, int]:
    """A released paper on its way to the committee, with a file."""
    facts = PaperFacts("Frieda", "Frieda", "Frieda", "Frieda", "Frieda")
    paper = keep_paper(actor=kim, organisation_id=committee.organisation_id, facts=facts)
    attached = attach_file(actor=kim, paper=paper, name="Frieda", content=b"%PDF-1.7 Frieda")
    step = add_step(actor=kim, paper=paper, facts=StepFacts(committee.pk, Competence.NOTE, date(2022, 5, 4)))
    release_paper(actor=kim, paper=paper)
    return {"paper": paper.pk, "paper_step": step.pk, "paper_attachment": attached.pk}


def _build_goals(cast: Cast, kim: Actor, committee: Committee, resolution: Resolution) -> dict[str, int]:
    """A goal, a measure with an indicator, and what the resolution has changed where."""
    home = committee.organisation_id
    goal = keep_goal(actor=kim, organisation_id=home, facts=GoalFacts(GoalKind.GUIDING, "Frieda", "Frieda"))
    facts = MeasureFacts("Frieda", date(2022, 5, 4), "Frieda", "Frieda", resolution_id=resolution.pk)
    measure = keep_measure(actor=kim, goal=goal, facts=facts)
    bound = IndicatorFacts("meetings_held", Turn.YEAR, date(2022, 1, 1), Aim.AT_LEAST, Decimal(1), Decimal(0))
    indicator = bind_indicator(actor=kim, measure=measure, facts=bound)
    effect = measure_effect(actor=kim, resolution=resolution, figure_key="meetings_held", days=9)
    check_effect(actor=kim, effect=effect, finding="Frieda")
    siegburg = Municipality.objects.get(name="Siegburg")
    put_into_force(
        actor=kim, resolution=resolution, procedure="Frieda", municipality_ids=[siegburg.pk], from_day=date(2022, 5, 4)
    )
    spring = date(2022, 3, 1)
    planned = PlanFacts(PlanKind.PHASE, "Frieda", "Frieda", spring, spring, "Frieda", note="Frieda")
    return {
        "plan_entry": keep_entry(actor=kim, organisation_id=home, facts=planned).pk,
        "goal": goal.pk,
        "measure": measure.pk,
        "indicator": indicator.pk,
        "in_force": resolution.in_force.values_list("pk", flat=True)[0],
    }
