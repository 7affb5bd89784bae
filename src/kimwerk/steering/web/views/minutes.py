"""Writing minutes while a meeting runs, closing them, and sending them."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.steering.models import AgendaItem, Meeting, NoteDraft, Task
from kimwerk.steering.printing import minutes_pdf
from kimwerk.steering.selectors.meetings import (
    agenda_of,
    attendance_of,
    drafts_of,
)
from kimwerk.steering.services.mailing import order_minutes
from kimwerk.steering.services.meetings import close_minutes, reopen_minutes
from kimwerk.steering.services.minutes import drop_draft, note_attendance, write_note
from kimwerk.steering.texts import when_text
from kimwerk.steering.types import MeetingState, SteeringRefused
from kimwerk.steering.web.meeting_forms import AttendanceForm, NoteForm
from kimwerk.steering.web.meeting_within import (
    kept_item,
    kept_meeting,
    seen_meeting,
    state_badge,
    to_meeting,
    to_minutes,
)
from kimwerk.steering.web.pages import ChoicePage, Errand, MinutesPage, NotePart, NoteState
from kimwerk.steering.web.views.mailings import tell_ordered
from kimwerk.steering.web.within import ask
from kimwerk.steering.web.wording import say
from kimwerk.ui.components import NavItem, Tone
from kimwerk.ui.notices import draft_saved, notify

READ, ATTEND, MANAGE = Permission.STEERING_READ, Permission.STEERING_ATTEND, Permission.STEERING_MANAGE
CLOSED = _("The minutes are closed. Open them again to change something.")


@require_GET
@needs(MANAGE)
def minutes(request: ActorRequest, pk: int) -> HttpResponse:
    """All items with what is written about them."""
    kept = kept_meeting(request, pk)
    drafts = drafts_of(request.actor, kept)
    items = agenda_of(kept)
    page = MinutesPage(
        title=_("Minutes of the meeting"),
        state=f"{kept}, {when_text(kept)}",
        crumbs=to_meeting(kept),
        badge=state_badge(kept),
        links=_links(kept),
        notes=tuple(_note(number, item, drafts.get(item.pk)) for number, item in enumerate(items, 1)),
        errands=_errands(kept),
        is_open=not kept.is_closed,
    )
    return render(request, "steering/minutes.html", {"page": page})


@needs(MANAGE)
def note(request: ActorRequest, pk: int) -> HttpResponse:
    """Write about an item: by itself while one types, or by the button. What collides is kept and shown."""
    kept = kept_item(request, pk)
    form = NoteForm(request.POST or None)
    if not form.is_valid():
        return _choose(request, kept)
    entered = form.cleaned_data
    try:
        written = write_note(actor=request.actor, item=kept, version=entered["version"] or 0, text=entered["text"])
    except SteeringRefused:
        notify(request, CLOSED, tone=Tone.WARNING)
        return redirect("steering:minutes", pk=kept.meeting_id)
    if request.headers.get("HX-Request"):
        state = _state(written.item, written.draft)
        answer = render(request, "steering/_note.html", {"state": state})
        draft_saved(answer, _draft_key(written.item))
        return answer
    if written.draft:
        return redirect("steering:note", pk=pk)
    notify(request, _("Saved."), saved_draft=_draft_key(kept))
    return redirect(f"{reverse('steering:minutes', args=[kept.meeting_id])}#item-{pk}")


@require_POST
@needs(MANAGE)
def drop(request: ActorRequest, pk: int) -> HttpResponse:
    """Let one's own text go: what the other one wrote is enough."""
    kept = kept_item(request, pk)
    try:
        drop_draft(actor=request.actor, item=kept)
    except SteeringRefused:
        notify(request, CLOSED, tone=Tone.WARNING)
    return redirect(f"{reverse('steering:minutes', args=[kept.meeting_id])}#item-{pk}")


@needs(MANAGE)
def attendance(request: ActorRequest, pk: int) -> HttpResponse:
    """Note who was there."""
    kept = kept_meeting(request, pk)
    data = request.POST if request.method == "POST" else None
    form = AttendanceForm(data, lines=attendance_of(kept), guests=kept.guests)
    if form.is_valid():
        guests = form.cleaned_data["guests"]
        try:
            note_attendance(actor=request.actor, meeting=kept, seats=form.seats, guests=guests)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Noted who was there."))
            return redirect("steering:meeting", pk=pk)
    return ask(request, _("Note attendance"), to_meeting(kept), form)


@require_POST
@needs(MANAGE)
def close(request: ActorRequest, pk: int) -> HttpResponse:
    """Close the minutes; drafts that nobody has merged stand in the way."""
    kept = kept_meeting(request, pk)
    if NoteDraft.objects.filter(item__meeting=kept).exists():
        notify(request, _("Two texts still stand against each other. Put them together first."), tone=Tone.WARNING)
        return redirect("steering:minutes", pk=pk)
    try:
        close_minutes(actor=request.actor, meeting=kept)
    except SteeringRefused:
        notify(request, CLOSED, tone=Tone.WARNING)
    else:
        notify(request, _("The minutes are closed. Now send them with everybody’s tasks."))
    return redirect("steering:minutes", pk=pk)


@require_POST
@needs(MANAGE)
def reopen(request: ActorRequest, pk: int) -> HttpResponse:
    """Open closed minutes again."""
    kept = kept_meeting(request, pk)
    if kept.state == MeetingState.CLOSED:
        reopen_minutes(actor=request.actor, meeting=kept)
        notify(request, _("The minutes are open again. Whoever has them should get them anew."))
    return redirect("steering:minutes", pk=pk)


@require_POST
@needs(MANAGE)
def send(request: ActorRequest, pk: int) -> HttpResponse:
    """Send closed minutes to everybody invited, each with their own tasks."""
    kept = kept_meeting(request, pk)
    try:
        mailing = order_minutes(actor=request.actor, meeting=kept, host=request.get_host())
    except SteeringRefused:
        notify(request, _("Close the minutes before they go out."), tone=Tone.WARNING)
        return redirect("steering:minutes", pk=pk)
    tell_ordered(request, mailing)
    return redirect("steering:meeting", pk=pk)


@require_GET
@needs(READ, ATTEND)
def minutes_file(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The closed minutes as an accessible PDF; what is still being written has none."""
    found = seen_meeting(request, pk)
    if found.state != MeetingState.CLOSED:
        notify(request, _("The minutes are still being written."), tone=Tone.INFO)
        return redirect("steering:meeting", pk=pk)
    return HttpResponse(minutes_pdf(found), content_type="application/pdf")


def _choose(request: ActorRequest, item: AgendaItem) -> HttpResponse:
    """Both texts about an item, to put together."""
    draft = NoteDraft.objects.filter(item=item, written_by=request.actor.account_id).first()
    if draft is None:
        return redirect(f"{reverse('steering:minutes', args=[item.meeting_id])}#item-{item.pk}")
    page = ChoicePage(
        title=_("Two texts about “%(item)s”") % {"item": item.title},
        crumbs=to_minutes(item.meeting),
        theirs=item.note,
        theirs_by=_written(item),
        form=NoteForm(None, initial={"text": draft.text, "version": item.note_version}),
        cancel_url=reverse("steering:minutes", args=[item.meeting_id]),
        drop_url=reverse("steering:drop_draft", args=[item.pk]),
    )
    return render(request, "steering/choose.html", {"page": page})


def _note(number: int, item: AgendaItem, draft: NoteDraft | None) -> NotePart:
    pk = [item.pk]
    return NotePart(
        pk=item.pk,
        number=number,
        title=item.title,
        text=item.text,
        form=NoteForm(None, initial={"text": item.note, "version": item.note_version}, auto_id=f"note-{item.pk}-%s"),
        url=reverse("steering:note", args=pk),
        draft_key=_draft_key(item),
        state=_state(item, draft),
        links=(
            NavItem(_("Enter a resolution"), reverse("steering:resolve", args=pk)),
            NavItem(_("Give a task"), reverse("steering:give_task", args=pk)),
        ),
        results=_results(item),
    )


def _results(item: AgendaItem) -> tuple[NavItem, ...]:
    resolutions = (
        NavItem(
            gettext("Resolution %(number)s: %(title)s") % {"number": each.number, "title": each.title},
            reverse("steering:resolution", args=[each.pk]),
        )
        for each in item.resolutions.all()
    )
    tasks = (NavItem(_task_said(task), reverse("steering:task", args=[task.pk])) for task in item.tasks.all())
    return (*resolutions, *tasks)


def _task_said(task: Task) -> str:
    named = {"title": task.title, "who": task.owner_name or "–"}
    return gettext("Task: %(title)s (%(who)s)") % named


def _draft_key(item: AgendaItem) -> str:
    return f"steering-note-{item.pk}"


def _state(item: AgendaItem, draft: NoteDraft | None) -> NoteState:
    if draft is not None:
        said = _("Somebody else wrote about this meanwhile. Your text is kept; nothing is lost.")
        choose = reverse("steering:note", args=[item.pk])
        return NoteState(item.pk, item.note_version, said, item.note, choose)
    return NoteState(item.pk, item.note_version, _written(item))


def _written(item: AgendaItem) -> str:
    if item.note_at is None or item.note_by is None:
        return gettext("Nothing is written yet. What you type is saved by itself.")
    named = {"time": f"{timezone.localtime(item.note_at):%H:%M}", "who": item.note_by.display_name}
    return gettext("Saved at %(time)s o’clock by %(who)s") % named


def _links(meeting: Meeting) -> tuple[NavItem, ...]:
    pk = [meeting.pk]
    links = [] if meeting.is_closed else [NavItem(_("Note attendance"), reverse("steering:attendance", args=pk))]
    if meeting.state == MeetingState.CLOSED:
        links.append(NavItem(_("Minutes as PDF"), reverse("steering:minutes_pdf", args=pk)))
    return tuple(links)


def _errands(meeting: Meeting) -> tuple[Errand, ...]:
    pk = [meeting.pk]
    if meeting.state == MeetingState.CLOSED:
        return (
            Errand(_("Send minutes and tasks"), reverse("steering:send_minutes", args=pk)),
            Errand(_("Open the minutes again"), reverse("steering:reopen_minutes", args=pk)),
        )
    return (
        (Errand(_("Close the minutes"), reverse("steering:close_minutes", args=pk)),) if not meeting.is_closed else ()
    )
