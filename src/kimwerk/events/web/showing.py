"""The page of an event, put together from its parts."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.events.models import Event, GroupResult, Invitation, Participant, Step, TableGroup
from kimwerk.events.offers import links_at
from kimwerk.events.policies import may_ask_back, may_keep
from kimwerk.events.selectors.events import participants_of, results_of, steps_of
from kimwerk.events.types import EventState
from kimwerk.events.web.feedback import feedback_part
from kimwerk.events.web.pages import Errand, EventPage, Part, TickLine
from kimwerk.events.web.within import state_badge, to_events, when_text
from kimwerk.kernel import german
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Fact, NavItem, Row, Table, Tone


def event_page(actor: Actor, event: Event) -> EventPage:
    """Everything that the actor may know of an event, with what may be done next."""
    keeps = may_keep(actor, event.organisation_id)
    guests, steps = participants_of(event), steps_of(event)
    invitations = list(event.invitations.select_related("body").order_by("name"))
    groups, results = list(event.groups.select_related("topic").order_by("pk")), results_of(event)
    today = timezone.localdate()
    return EventPage(
        title=event.title,
        state=f"{event.get_kind_display()}, {when_text(event)}",
        badge=state_badge(event),
        crumbs=to_events(),
        action=_next(event, today) if keeps else None,
        text=event.text,
        links=(*(_links(event) if keeps else ()), *links_at(actor, event)),
        facts=_facts(event, invitations, guests),
        checklist=tuple(_tick(step, today, keeps=keeps) for step in steps),
        checklist_links=(_link("add_step", _("Put onto the checklist"), event),) if keeps else (),
        parts=(
            _groups(event, groups, keeps=keeps),
            _results(groups, results, keeps=keeps),
            _guests(event, guests, keeps=keeps),
            _invited(event, invitations, keeps=keeps),
            feedback_part(event, event.feedback, may_ask=may_ask_back(actor, event.organisation_id)),
        ),
    )


def _link(name: str, title: object, event: Event) -> NavItem:
    return NavItem(str(title), reverse(f"events:{name}", args=[event.pk]))


def _next(event: Event, today: date) -> Action | None:
    """What the office does next with an event."""
    if not event.is_coming:
        return None
    if event.day <= today:
        return Action(_("Note as held"), reverse("events:hold", args=[event.pk]))
    if event.state == EventState.PLANNED:
        return Action(_("Invite"), reverse("events:invite", args=[event.pk]))
    return None


def _links(event: Event) -> tuple[NavItem, ...]:
    links = [_link("fill_template", _("Fill a template"), event)]
    if event.is_coming:
        links = [
            *links,
            _link("change", _("Change the event"), event),
            _link("invite", _("Invite"), event),
            _link("cancel", _("Call the event off"), event),
        ]
    return tuple(links)


def _facts(event: Event, invitations: list[Invitation], guests: list[Participant]) -> tuple[Fact, ...]:
    answered = sum(1 for each in invitations if each.answered_at)
    noted = any(each.is_present is not None for each in guests)
    there = sum(1 for each in guests if each.is_present)
    counted = {"count": german.number(len(guests)), "places": event.places}
    registered = gettext("%(count)s of %(places)s places") % counted if event.places else german.number(len(guests))
    return (
        Fact(_("Municipality"), event.municipality.name if event.municipality else ""),
        Fact(_("Place"), event.place),
        Fact(_("On the list"), registered, note=gettext("there: %(count)s") % {"count": there} if noted else ""),
        Fact(
            _("Invited"),
            german.number(len(invitations)),
            note=gettext("answered: %(count)s") % {"count": german.number(answered)},
        ),
        Fact(
            _("In the diary"),
            _("entered") if event.activity_id else _("not yet"),
            note=event.activity_kind.label if event.activity_kind else "",
        ),
    )


def _tick(step: Step, today: date, *, keeps: bool) -> TickLine:
    note = gettext("until %(day)s") % {"day": german.day(step.due_on)}
    if step.done_on:
        badge = Badge(_("ticked off"), Tone.SUCCESS)
        by = step.done_by.display_name if step.done_by else ""
        note = gettext("on %(day)s by %(name)s") % {"day": german.day(step.done_on), "name": by}
    elif step.due_on < today:
        badge = Badge(_("overdue"), Tone.WARNING)
    else:
        badge = Badge(_("to be done"))
    label = _("Take back") if step.done_on else _("Done")
    url = reverse("events:settle_step", args=[step.pk])
    errand = Errand(label, url, (("done", "no" if step.done_on else "yes"),)) if keeps else None
    return TickLine(step.title, note, badge, errand)


def _groups(event: Event, groups: list[TableGroup], *, keeps: bool) -> Part:
    title = _("Tables")
    columns = (Column(_("Question of the table")), Column(_("Moderated by")), Column(_("Topic")))
    rows = tuple(
        Row(
            (
                Cell(group.title, address_of_record("events:change_group", group.pk) if keeps else ""),
                Cell(group.moderator or "–"),
                Cell(group.topic or "–"),
            )
        )
        for group in groups
    )
    links = (_link("add_group", _("Set up a table"), event),) if keeps else ()
    table = Table(title, columns, rows, is_caption_hidden=True)
    return Part("tables", title, table, _("No table yet. Each table talks about one question."), links)


def _results(groups: list[TableGroup], results: list[GroupResult], *, keeps: bool) -> Part:
    title = _("What was named")
    columns = (
        Column(_("What was named")),
        Column(_("Table of the event")),
        Column(_("Topic")),
        Column(_("Target group")),
    )
    rows = tuple(
        Row(
            (
                Cell(
                    result.title,
                    reverse("events:change_result", args=[result.pk]) if keeps else "",
                    note=result.text,
                ),
                Cell(result.group.title),
                Cell(result.topic or "–"),
                Cell(result.target_group or "–"),
            )
        )
        for result in results
    )
    links = tuple(
        NavItem(
            gettext("Enter a result: %(table)s") % {"table": group.title},
            reverse("events:add_result", args=[group.pk]),
        )
        for group in groups
    )
    empty = _("Nothing was named yet. Results are entered table by table.")
    return Part("results", title, Table(title, columns, rows, is_caption_hidden=True), empty, links if keeps else ())


def _guests(event: Event, guests: list[Participant], *, keeps: bool) -> Part:
    title = _("Participants of the event")
    columns = (Column(_("Name")), Column(_("Organisation")), Column(_("How registered")), Column(_("Presence")))
    rows = tuple(
        Row(
            (
                Cell(guest.name),
                Cell(guest.body or "–"),
                Cell(guest.get_via_display()),
                Cell(_presence(guest.is_present)),
            )
        )
        for guest in guests
    )
    links: tuple[NavItem, ...] = ()
    if keeps:
        links = (_link("register", _("Register participants"), event),)
        if guests:
            links = (
                *links,
                _link("presence", _("Note who was there"), event),
                _link("export", _("Attendance list as a file for spreadsheets (CSV)"), event),
            )
        if any(guest.is_present for guest in guests):
            links = (*links, _link("certificates", _("Certificates of attendance as PDF"), event))
    table = Table(title, columns, rows, is_caption_hidden=True)
    return Part("participants", title, table, _("Nobody is on the list yet."), links)


def _presence(is_present: bool | None) -> str:
    if is_present is None:
        return "–"
    return gettext("was there") if is_present else gettext("was not there")


def _invited(event: Event, invitations: list[Invitation], *, keeps: bool) -> Part:
    title = _("Invitations to the event")
    columns = (Column(_("Name")), Column(_("Organisation")), Column(_("E-mail")), Column(_("Answer")))
    rows = tuple(
        Row(
            (
                Cell(each.name),
                Cell(each.body or "–"),
                Cell(each.email),
                Cell(badge=_answer(each)),
            )
        )
        for each in invitations
    )
    silent = any(each.answered_at is None for each in invitations)
    links = (_link("remind", _("Remind those who have not answered"), event),)
    empty = _("Nobody is invited yet. Invitations go out by sort of organisation.")
    may_remind = keeps and silent and event.is_coming
    table = Table(title, columns, rows, is_caption_hidden=True)
    return Part("invitations", title, table, empty, links if may_remind else ())


def _answer(invitation: Invitation) -> Badge:
    if invitation.is_coming is None:
        return Badge(_("no answer yet"))
    return Badge(_("comes"), Tone.SUCCESS) if invitation.is_coming else Badge(_("does not come"))
