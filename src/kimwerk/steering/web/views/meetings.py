"""Meetings: the list, one of them, planning them, and inviting to them."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel import german
from kimwerk.steering.models import AgendaItem, Meeting, Resolution, Task
from kimwerk.steering.policies import may_keep
from kimwerk.steering.printing import appointment_of, invitation_mail, invitation_pdf
from kimwerk.steering.selectors.meetings import (
    AttendanceLine,
    Recipient,
    agenda_of,
    attendance_of,
    last_meeting,
    left_before,
    meetings_for,
    next_start,
    quorum_of,
    recipients_of,
)
from kimwerk.steering.services.mailing import order_invitation
from kimwerk.steering.services.meetings import cancel_meeting, change_meeting, plan_meeting
from kimwerk.steering.texts import when_text
from kimwerk.steering.types import MeetingState, Presence, SteeringRefused
from kimwerk.steering.web.meeting_forms import MeetingFilter, MeetingForm
from kimwerk.steering.web.meeting_within import (
    kept_meeting,
    seen_meeting,
    state_badge,
    to_meeting,
)
from kimwerk.steering.web.pages import ConfirmPage, InvitationPage, Page, Part
from kimwerk.steering.web.tables import resolution_table, task_table
from kimwerk.steering.web.views.mailings import mailings_part, tell_ordered
from kimwerk.steering.web.within import ask, kept_committee, to_committee
from kimwerk.steering.web.wording import last_day_text, say
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Cell, Column, Confirmation, Fact, NavItem, Row, Table, Tone
from kimwerk.ui.listing import chips_of
from kimwerk.ui.newest import newest_first
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import ListPage

READ, ATTEND, MANAGE = Permission.STEERING_READ, Permission.STEERING_ATTEND, Permission.STEERING_MANAGE


@require_GET
@needs(READ, ATTEND)
def meetings(request: ActorRequest) -> HttpResponse:
    """All meetings of the committees that the actor reads."""
    form = MeetingFilter(request.GET, actor=request.actor)
    found = newest_first(meetings_for(request.actor, form.wish), request.GET, by="starts_at")
    title = _("Meetings")
    columns = (Column(_("Meeting")), Column(_("Committee")), Column(_("When")), Column(_("Place")), Column(_("State")))
    page = ListPage(
        title=title,
        state=_("newest first"),
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("steering:meetings"),
        table=Table(title, columns, tuple(_row(each) for each in found.items), is_caption_hidden=True),
        pagination=found.pagination,
        empty_title=_("No meeting yet"),
        empty_text=_("A meeting is planned on the page of its committee."),
    )
    return render(request, "steering/list.html", {"page": page})


@require_GET
@needs(READ, ATTEND)
def meeting(request: ActorRequest, pk: int) -> HttpResponse:
    """One meeting: agenda, who was there, and what came of it."""
    found = seen_meeting(request, pk)
    keeps = may_keep(request.actor, found.committee)
    items, lines = agenda_of(found), attendance_of(found)
    tasks = [task for item in items for task in item.tasks.all()]
    resolutions = [each for item in items for each in item.resolutions.all()]
    page = Page(
        title=str(found),
        state=when_text(found),
        badge=state_badge(found),
        crumbs=to_committee(found.committee),
        action=_next_action(found) if keeps else None,
        facts=_facts(found, lines),
        links=_links(found, keeps=keeps),
        parts=(
            _agenda(found, items, keeps=keeps),
            _attendance(found, lines, keeps=keeps),
            _resolutions(resolutions),
            _tasks(tasks),
            *((mailings_part(found),) if keeps else ()),
        ),
    )
    return render(request, "steering/page.html", {"page": page})


@needs(MANAGE)
def plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Plan a meeting; the form begins with the day that the committee's rhythm says."""
    kept = kept_committee(request, pk)
    form = MeetingForm.following(request.POST or None, next_start(kept), last_meeting(kept))
    if form.is_valid():
        try:
            made = plan_meeting(actor=request.actor, committee=kept, facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The meeting is planned. Now build its agenda."))
            return redirect("steering:agenda", pk=made.pk)
    return ask(request, _("Plan a meeting"), to_committee(kept), form, _("Plan the meeting"))


@needs(MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Change when and where a meeting takes place."""
    kept = kept_meeting(request, pk)
    form = MeetingForm.about(request.POST or None, kept)
    if form.is_valid():
        try:
            change_meeting(actor=request.actor, meeting=kept, facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed. Send the invitation again if it went out already."))
            return redirect("steering:meeting", pk=pk)
    links = (NavItem(_("Call the meeting off"), reverse("steering:cancel", args=[pk])),)
    return ask(request, _("Change the meeting"), to_meeting(kept), form, links=links)


@needs(MANAGE)
def cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Call a meeting off, after asking once more."""
    kept = kept_meeting(request, pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            cancel_meeting(actor=request.actor, meeting=kept)
        except SteeringRefused:
            notify(request, _("The minutes are closed: the meeting has taken place."), tone=Tone.WARNING)
        else:
            notify(request, _("The meeting is called off. Tell those who were invited."))
        return redirect("steering:meeting", pk=pk)
    confirmation = Confirmation(
        _("Call this meeting off?"),
        _("Call off"),
        reverse("steering:meeting", args=[pk]),
        (_("The agenda stays to be read."), _("Nobody is told by the program. Tell those who were invited.")),
        is_dangerous=True,
    )
    page = ConfirmPage(_("Call the meeting off"), to_meeting(kept), confirmation)
    return render(request, "steering/confirm.html", {"page": page})


@require_GET
@needs(MANAGE)
def invitation(request: ActorRequest, pk: int) -> HttpResponse:
    """The invitation before it goes out: to whom, and what it says."""
    kept = kept_meeting(request, pk)
    subject, text = invitation_mail(kept)
    recipients = recipients_of(kept)
    columns = (Column(_("Name")), Column(_("Organisation")), Column(_("invited as")), Column(_("E-mail")))
    rows = tuple(_recipient(each) for each in recipients)
    reached = sum(1 for each in recipients if each.email)
    label = ngettext("Send to %(count)s address", "Send to %(count)s addresses", reached) % {"count": reached}
    page = InvitationPage(
        title=_("Invitation"),
        state=f"{kept}, {when_text(kept)}",
        crumbs=to_meeting(kept),
        alert=" ".join(filter(None, (_lateness(kept), _left(kept)))),
        table=Table(_("Who is invited"), columns, rows),
        subject=subject,
        text=text,
        links=(
            NavItem(_("Invitation as PDF"), reverse("steering:invitation_pdf", args=[pk])),
            NavItem(_("Appointment for calendars"), reverse("steering:appointment", args=[pk])),
        ),
        send_label=label if reached and not kept.is_closed else "",
        send_url=reverse("steering:send_invitation", args=[pk]),
    )
    return render(request, "steering/invitation.html", {"page": page})


@require_POST
@needs(MANAGE)
def send_invitation(request: ActorRequest, pk: int) -> HttpResponse:
    """Send the invitation to everybody who holds a seat on the day of the meeting."""
    kept = kept_meeting(request, pk)
    try:
        mailing = order_invitation(actor=request.actor, meeting=kept, host=request.get_host())
    except SteeringRefused:
        notify(request, _("The meeting is over or called off. Nobody was invited."), tone=Tone.WARNING)
    else:
        tell_ordered(request, mailing)
    return redirect("steering:meeting", pk=pk)


@require_GET
@needs(READ, ATTEND)
def invitation_file(request: ActorRequest, pk: int) -> HttpResponse:
    """The invitation as an accessible PDF."""
    found = seen_meeting(request, pk)
    return HttpResponse(invitation_pdf(found), content_type="application/pdf")


@require_GET
@needs(READ, ATTEND)
def appointment(request: ActorRequest, pk: int) -> HttpResponse:
    """The meeting as a file for calendars."""
    found = seen_meeting(request, pk)
    name = f'attachment; filename="{gettext("appointment")}.ics"'
    calendar = appointment_of(found, request.get_host())
    return HttpResponse(calendar, content_type="text/calendar", headers={"Content-Disposition": name})


def _row(meeting: Meeting) -> Row:
    return Row(
        (
            Cell(str(meeting), address_of_record("steering:meeting", meeting.pk)),
            Cell(meeting.committee.name),
            Cell(when_text(meeting)),
            Cell(meeting.place or "–"),
            Cell(badge=state_badge(meeting)),
        ),
        key=str(meeting.pk),
    )


def _next_action(meeting: Meeting) -> Action | None:
    """What the office does next with a meeting."""
    if meeting.is_closed:
        return None
    if meeting.starts_at <= timezone.now():
        return Action(_("Write the minutes"), reverse("steering:minutes", args=[meeting.pk]))
    if meeting.state == MeetingState.PLANNED:
        return Action(_("Invite"), reverse("steering:invitation", args=[meeting.pk]))
    return Action(_("Write the minutes"), reverse("steering:minutes", args=[meeting.pk]))


def _links(meeting: Meeting, *, keeps: bool) -> tuple[NavItem, ...]:
    pk = [meeting.pk]
    papers = [
        NavItem(_("Invitation as PDF"), reverse("steering:invitation_pdf", args=pk)),
        NavItem(_("Appointment for calendars"), reverse("steering:appointment", args=pk)),
    ]
    if meeting.state == MeetingState.CLOSED:
        papers.append(NavItem(_("Minutes as PDF"), reverse("steering:minutes_pdf", args=pk)))
    if not keeps:
        return tuple(papers)
    office = [NavItem(_("Minutes of the meeting"), reverse("steering:minutes", args=pk))]
    if not meeting.is_closed:
        office = [
            NavItem(_("Change the meeting"), reverse("steering:change_meeting", args=pk)),
            NavItem(_("Invitation"), reverse("steering:invitation", args=pk)),
            *office,
        ]
    return (*office, *papers)


def _facts(meeting: Meeting, lines: list[AttendanceLine]) -> tuple[Fact, ...]:
    quorum = quorum_of(meeting, lines)
    named = {"present": quorum.present, "seats": quorum.seats, "needed": quorum.needed}
    counted = gettext("%(present)s of %(seats)s seats with a vote, %(needed)s are needed") % named
    is_noted = any(line.noted for line in lines)
    met = (_("met") if quorum.is_met else _("not met")) if is_noted else _("nobody is noted yet")
    mailed = timezone.localdate(meeting.mailed_at) if meeting.mailed_at else None
    return (
        Fact(_("Place"), meeting.place),
        Fact(_("Invitation goes out by"), german.day(meeting.invite_by), note=_invited(meeting)),
        Fact(_("Quorum"), met, note=counted),
        Fact(_("Minutes sent on"), german.day(mailed) if mailed else _("not yet")),
    )


def _invited(meeting: Meeting) -> str:
    if meeting.invited_at is None:
        return gettext("has not gone out")
    return gettext("went out on %(day)s") % {"day": german.day(timezone.localdate(meeting.invited_at))}


def _agenda(meeting: Meeting, items: list[AgendaItem], *, keeps: bool) -> Part:
    title = _("Agenda")
    rows = tuple(
        Row((Cell(str(number)), Cell(item.title, note=item.text), Cell(item.presenter or "–"), Cell(item.note or "–")))
        for number, item in enumerate(items, 1)
    )
    columns = (
        Column(_("No."), is_numeric=True),
        Column(_("Item")),
        Column(_("Presented by")),
        Column(_("Minutes of the meeting")),
    )
    may_build = keeps and not meeting.is_closed
    links = (NavItem(_("Build the agenda"), reverse("steering:agenda", args=[meeting.pk])),) if may_build else ()
    return Part("agenda", title, Table(title, columns, rows, is_caption_hidden=True), _("No items yet."), links)


def _attendance(meeting: Meeting, lines: list[AttendanceLine], *, keeps: bool) -> Part:
    title = _("Who was there")
    noted = [(line, line.noted) for line in lines if line.noted]
    rows = tuple(
        Row((Cell(line.name or "–"), Cell(str(line.seat.seat)), Cell(Presence(each.presence).label)))
        for line, each in noted
    )
    columns = (Column(_("Name")), Column(_("Seat")), Column(_("Presence")))
    may_note = keeps and not meeting.is_closed
    links = (NavItem(_("Note attendance"), reverse("steering:attendance", args=[meeting.pk])),) if may_note else ()
    return Part(
        "attendance",
        title,
        Table(title, columns, rows, is_caption_hidden=True),
        _("Nobody is noted as present yet."),
        links,
    )


def _resolutions(resolutions: list[Resolution]) -> Part:
    empty = _("Nothing was resolved yet. Resolutions are entered while the minutes are written.")
    return Part("resolutions", _("Resolutions"), resolution_table(resolutions), empty)


def _tasks(tasks: list[Task]) -> Part:
    return Part("tasks", _("Tasks"), task_table(tasks), _("No task came of this meeting yet."))


def _recipient(recipient: Recipient) -> Row:
    return Row(
        (
            Cell(recipient.name),
            Cell(recipient.body),
            Cell(_("deputy") if recipient.is_deputy else _("member")),
            Cell(recipient.email or _("no address: tell them in another way")),
        )
    )


def _left(meeting: Meeting) -> str:
    """Who has left a seat by the day of the meeting, and is therefore not invited."""
    gone = "; ".join(
        gettext("%(name)s (until %(day)s)") % {"name": term.name, "day": last_day_text(term.days.upper)}
        for term in left_before(meeting)
    )
    return gettext("Not invited, because they have left by then: %(names)s.") % {"names": gone} if gone else ""


def _lateness(meeting: Meeting) -> str:
    """Whether the time of notice can still be kept."""
    if meeting.invited_at is not None:
        return gettext("The invitation went out already. Sending it again replaces the appointment in the calendars.")
    if timezone.localdate() > meeting.invite_by:
        return gettext("The time of notice has passed: the invitation should have gone out by %(day)s.") % {
            "day": german.day(meeting.invite_by)
        }
    return ""
