"""Committees, their seats and who holds them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.accounts.models import Account
from kimwerk.kernel import german
from kimwerk.steering.models import Committee, Term
from kimwerk.steering.policies import may_keep
from kimwerk.steering.selectors.committees import (
    CommitteeLine,
    OrdersLine,
    SeatLine,
    committees_for,
    orders_in_force,
    orders_of,
    seats_on,
)
from kimwerk.steering.services.committees import (
    appoint,
    change_committee,
    end_term,
    found_committee,
    give_up_seat,
    keep_seat,
)
from kimwerk.steering.texts import when_text
from kimwerk.steering.types import Quorum, SteeringRefused
from kimwerk.steering.web.forms import CommitteeForm, LastDayForm, SeatForm, TermForm
from kimwerk.steering.web.meeting_within import state_badge
from kimwerk.steering.web.pages import Errand, Page, Part
from kimwerk.steering.web.within import (
    ask,
    home_of,
    kept_committee,
    kept_seat,
    seen_committee,
    to_committee,
    to_committees,
)
from kimwerk.steering.web.wording import days_text, last_day_text, say
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Fact, NavItem, Row, Table, Tone
from kimwerk.ui.notices import notify

MEETINGS_SHOWN = 6
READ, ATTEND, MANAGE = Permission.STEERING_READ, Permission.STEERING_ATTEND, Permission.STEERING_MANAGE


@require_GET
@needs(READ, ATTEND)
def committees(request: ActorRequest) -> HttpResponse:
    """All committees that the actor reads."""
    title = _("Committees")
    columns = (
        Column(title), Column(_("What it is")), Column(_("meets")), Column(_("Seats"), is_numeric=True),
        Column(_("State")),
    )  # fmt: skip
    table = Table(title, columns, tuple(map(_line, committees_for(request.actor))), is_caption_hidden=True)
    may_found = request.actor.can(MANAGE)
    empty = (
        _("No committee yet. Set the first one up, then give it seats and invite to a meeting.")
        if may_found
        else _("You sit in no committee. Its office gives you a seat.")
    )
    page = Page(
        title=title,
        action=Action(_("Set up a committee"), reverse("steering:found"), "add", is_new_entry=True)
        if may_found
        else None,
        parts=(Part("committees", _("All committees"), table, empty),),
    )
    return render(request, "steering/page.html", {"page": page})


@require_GET
@needs(READ, ATTEND)
def committee(request: ActorRequest, pk: int) -> HttpResponse:
    """One committee: what it is for, who sits in it, its standing orders."""
    found = seen_committee(request, pk)
    today = timezone.localdate()
    keeps = may_keep(request.actor, found)
    seats, orders = seats_on(found, today), orders_of(found)
    page = Page(
        title=found.name,
        state=found.get_kind_display(),
        badge=_ended_badge(found),
        crumbs=to_committees(),
        lead=found.purpose,
        facts=_facts(found, seats, orders, today),
        action=_plan(found, today) if keeps else None,
        links=_links(pk, keeps=keeps),
        parts=(
            _meetings(found),
            _proposals(request, found),
            _seats(found, seats, keeps=keeps),
            _orders(found, orders, today, keeps=keeps),
        ),
    )
    return render(request, "steering/page.html", {"page": page})


@needs(MANAGE)
def found(request: ActorRequest) -> HttpResponse:
    """Set a committee up."""
    form = CommitteeForm(request.POST or None, others=Committee.objects.kept_by(request.actor))
    if form.is_valid():
        try:
            made = found_committee(actor=request.actor, organisation_id=home_of(request.actor), facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The committee is set up. Now give it seats."))
            return redirect("steering:committee", pk=made.pk)
    return ask(request, _("Set up a committee"), to_committees(), form, _("Set up"))


@needs(MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a committee, or end it."""
    kept = kept_committee(request, pk)
    form = CommitteeForm(
        request.POST or None, others=Committee.objects.kept_by(request.actor).exclude(pk=pk), committee=kept
    )
    if form.is_valid():
        try:
            change_committee(actor=request.actor, committee=kept, facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("steering:committee", pk=pk)
    return ask(request, _("Correct %(name)s") % {"name": kept.name}, to_committee(kept), form)


@needs(MANAGE)
def add_seat(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a committee another seat."""
    kept = kept_committee(request, pk)
    form = SeatForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        try:
            made = keep_seat(actor=request.actor, committee=kept, facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The seat is there. Now enter who holds it."))
            return redirect("steering:appoint", pk=made.pk)
    return ask(request, _("Add a seat"), to_committee(kept), form, _("Add"))


@needs(MANAGE)
def change_seat(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a seat."""
    kept = kept_seat(request, pk)
    form = SeatForm(request.POST or None, actor=request.actor, seat=kept)
    if form.is_valid():
        try:
            keep_seat(actor=request.actor, committee=kept.committee, facts=form.facts, seat=kept)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("steering:committee", pk=kept.committee_id)
    links = (NavItem(_("Give the seat up"), reverse("steering:give_up_seat", args=[pk])),)
    return ask(request, _("Correct the seat"), to_committee(kept.committee), form, links=links)


@needs(MANAGE)
def give_up(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a seat out of the committee."""
    kept = kept_seat(request, pk)
    form = LastDayForm(request.POST or None)
    if form.is_valid():
        try:
            give_up_seat(actor=request.actor, seat=kept, last_day=form.cleaned_data["last_day"])
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The seat is given up. Minutes and attendance keep it."))
            return redirect("steering:committee", pk=kept.committee_id)
    lead = _("%(seat)s: whoever holds it reads nothing of the committee any more.") % {"seat": kept}
    return ask(request, _("Give the seat up"), to_committee(kept.committee), form, _("Give up"), lead)


@needs(MANAGE)
def take_seat(request: ActorRequest, pk: int) -> HttpResponse:
    """Put somebody into a seat."""
    kept = kept_seat(request, pk)
    form = TermForm(request.POST or None, accounts=_accounts())
    if form.is_valid():
        try:
            appoint(actor=request.actor, seat=kept, facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Entered."))
            return redirect("steering:committee", pk=kept.committee_id)
    held = _("Who held and holds it: %(names)s") % {"names": _holders(kept.terms.order_by("days"))}
    lead = f"{kept}. {held}" if kept.terms.exists() else str(kept)
    return ask(request, _("Who holds the seat"), to_committee(kept.committee), form, _("Enter"), lead)


@needs(MANAGE)
def leave(request: ActorRequest, pk: int) -> HttpResponse:
    """Somebody leaves a seat."""
    terms = Term.objects.kept_by(request.actor).select_related("seat__committee")
    term = get_object_or_404(terms, pk=pk)
    form = LastDayForm(request.POST or None)
    if form.is_valid():
        try:
            end_term(actor=request.actor, term=term, last_day=form.cleaned_data["last_day"])
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("From then on the person gets no invitation and reads nothing."))
            return redirect("steering:committee", pk=term.seat.committee_id)
    title = _("%(name)s leaves") % {"name": term.name}
    return ask(request, title, to_committee(term.seat.committee), form, _("Enter"))


def _accounts() -> QuerySet[Account]:
    return Account.objects.active()


def _line(line: CommitteeLine) -> Row:
    committee = line.committee
    return Row(
        (
            Cell(committee.name, address_of_record("steering:committee", committee.pk)),
            Cell(committee.get_kind_display()),
            Cell(committee.get_rhythm_display()),
            Cell(german.number(line.seats)),
            Cell(badge=_ended_badge(committee) or Badge(_("at work"), Tone.SUCCESS)),
        )
    )


def _ended_badge(committee: Committee) -> Badge | None:
    if committee.valid.upper is None:
        return None
    if committee.successor:
        return Badge(_("has become %(name)s") % {"name": committee.successor.name}, Tone.INFO)
    return Badge(_("until %(day)s") % {"day": last_day_text(committee.valid.upper)})


def _facts(committee: Committee, seats: list[SeatLine], orders: list[OrdersLine], today: date) -> tuple[Fact, ...]:
    voting = sum(line.seat.has_vote for line in seats)
    needed = Quorum(0, voting, committee.quorum_percent).needed
    quorum = ngettext("%(count)s seat with a vote", "%(count)s seats with a vote", needed) % {"count": needed}
    in_force = orders_in_force(orders, today)
    return (
        Fact(_("Exists"), days_text(committee.valid)),
        Fact(_("Meets"), committee.get_rhythm_display()),
        Fact(
            _("Quorum"),
            quorum,
            note=_("%(percent)s %% of %(seats)s") % {"percent": committee.quorum_percent, "seats": voting},
        ),
        Fact(
            _("Time of notice"),
            ngettext("%(count)s day", "%(count)s days", committee.notice_days) % {"count": committee.notice_days},
        ),
        Fact(
            _("Standing orders in force"),
            _("version %(number)s") % {"number": in_force.orders.number} if in_force else _("none yet"),
            url=reverse("steering:orders", args=[in_force.orders.pk]) if in_force else "",
        ),
    )


def _plan(committee: Committee, today: date) -> Action | None:
    if committee.valid.upper is not None and committee.valid.upper <= today:
        return None
    return Action(_("Plan a meeting"), reverse("steering:plan_meeting", args=[committee.pk]), "add", is_new_entry=True)


def _links(pk: int, *, keeps: bool) -> tuple[NavItem, ...]:
    everybody = (
        NavItem(_("Propose for the agenda"), reverse("steering:propose", args=[pk])),
        NavItem(_("Tasks of the committee"), f"{reverse('steering:tasks')}?committee={pk}"),
        NavItem(_("Resolutions of the committee"), f"{reverse('steering:resolutions')}?committee={pk}"),
    )
    office = (
        NavItem(_("Give a task"), reverse("steering:give_task_between", args=[pk])),
        NavItem(_("Resolution in writing"), reverse("steering:resolve_in_writing", args=[pk])),
        NavItem(_("Correct or end it"), reverse("steering:change_committee", args=[pk])),
    )
    return (*everybody, *office) if keeps else everybody


def _meetings(committee: Committee) -> Part:
    title = _("Meetings")
    newest = committee.meetings.select_related("committee").order_by("-starts_at")[:MEETINGS_SHOWN]
    rows = tuple(
        Row(
            (
                Cell(str(each), address_of_record("steering:meeting", each.pk)),
                Cell(when_text(each)),
                Cell(badge=state_badge(each)),
            )
        )
        for each in newest
    )
    columns = (Column(_("Meeting")), Column(_("When")), Column(_("State")))
    links = (NavItem(_("All meetings"), f"{reverse('steering:meetings')}?committee={committee.pk}"),) if rows else ()
    return Part("meetings", title, Table(title, columns, rows, is_caption_hidden=True), _("None yet."), links)


def _proposals(request: ActorRequest, committee: Committee) -> Part:
    title = _("Waiting for an agenda")
    waiting = committee.proposals.open().select_related("proposed_by").order_by("pk")
    rows = tuple(
        Row((Cell(each.title, note=each.text), Cell(each.proposed_by.display_name), Cell(german.day(each.proposed_on))))
        for each in waiting
    )
    columns = (Column(_("Proposal")), Column(_("By")), Column(_("Day")))
    own = tuple(each for each in waiting if each.proposed_by_id == request.actor.account_id)
    errands = tuple(
        Errand(_("Take back: %(title)s") % {"title": each.title}, reverse("steering:withdraw_proposal", args=[each.pk]))
        for each in own
    )
    table = Table(title, columns, rows, is_caption_hidden=True)
    return Part("proposals", title, table, _("Nothing is proposed."), errands=errands)


def _seats(committee: Committee, lines: list[SeatLine], *, keeps: bool) -> Part:
    title = _("Members")
    columns = (
        Column(_("Organisation")),
        Column(_("Function of the seat")),
        Column(_("Member")),
        Column(_("Deputy")),
        Column(_("Vote")),
    )
    rows = tuple(_seat_row(line, keeps=keeps) for line in lines)
    links = (NavItem(_("Add a seat"), reverse("steering:add_seat", args=[committee.pk])),) if keeps else ()
    table = Table(title, columns, rows, is_caption_hidden=True)
    return Part("members", title, table, _("No seats yet. A seat is an organisation in a function."), links)


def _seat_row(line: SeatLine, *, keeps: bool) -> Row:
    seat = line.seat
    return Row(
        (
            Cell(seat.organisation.name, address_of_record("steering:change_seat", seat.pk) if keeps else ""),
            Cell(seat.function, note=_("has the chair") if seat.is_chair else ""),
            _holder(line.member, seat.pk, keeps=keeps),
            _holder(line.deputy, seat.pk, keeps=keeps),
            Cell(_("yes") if seat.has_vote else _("advises")),
        )
    )


def _holder(term: Term | None, seat_id: int, *, keeps: bool) -> Cell:
    if term is None:
        return Cell(_("Enter somebody"), address_of_record("steering:appoint", seat_id)) if keeps else Cell("–")
    until = _("until %(day)s") % {"day": last_day_text(term.days.upper)} if term.days.upper else ""
    return Cell(term.name, address_of_record("steering:end_term", term.pk) if keeps else "", note=until)


def _holders(terms: QuerySet[Term]) -> str:
    return "; ".join(f"{term.name} ({days_text(term.days)})" for term in terms)


def _orders(committee: Committee, lines: list[OrdersLine], today: date, *, keeps: bool) -> Part:
    title = _("Standing orders")
    in_force = orders_in_force(lines, today)
    rows = tuple(
        Row(
            (
                Cell(
                    _("version %(number)s") % {"number": line.orders.number},
                    reverse("steering:orders", args=[line.orders.pk]),
                    note=line.orders.reason,
                ),
                Cell("; ".join(f"{step.get_kind_display()} {german.day(step.on_day)}" for step in line.steps)),
                Cell(badge=_orders_badge(line, in_force)),
            )
        )
        for line in lines
    )
    columns = (Column(_("Version")), Column(_("Steps")), Column(_("State")))
    links = (NavItem(_("Begin a new version"), reverse("steering:new_orders", args=[committee.pk])),) if keeps else ()
    return Part("orders", title, Table(title, columns, rows, is_caption_hidden=True), _("None yet."), links)


def _orders_badge(line: OrdersLine, in_force: OrdersLine | None) -> Badge:
    if line is in_force:
        return Badge(_("valid now"), Tone.SUCCESS)
    return Badge(_("replaced")) if line.adopted_on else Badge(_("on its way"), Tone.INFO)
