"""Contacts, notes, days of the case, and short advice without a name."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.selectors.book import book_for
from kimwerk.activities.selectors.usual import last_used
from kimwerk.activities.services import log_activity
from kimwerk.activities.services.refusals import ActivityChangedMeanwhile, EntryRefused
from kimwerk.activities.types import Facts
from kimwerk.casework.models import CaseContact, Deadline, Note
from kimwerk.casework.sealing import Texts
from kimwerk.casework.selectors.case_file import contacts_of
from kimwerk.casework.services.contacting import correct_contact, correct_note, log_contact, write_note
from kimwerk.casework.services.drafting import discard_draft
from kimwerk.casework.services.refusals import CaseRefused, ChangedMeanwhile
from kimwerk.casework.services.reminding import end_of_chance, set_deadline, settle_deadline
from kimwerk.casework.types import Sealed
from kimwerk.casework.web.filing import crumbs_to, file_of, head_of, resume, writable
from kimwerk.casework.web.forms.work import ContactForm, DeadlineForm, NoteForm
from kimwerk.casework.web.pages import ContactsPage, FormPage
from kimwerk.casework.web.showing import meanwhile
from kimwerk.casework.web.writing import form_answer
from kimwerk.persons.web.sent import sent_number
from kimwerk.ui.notices import notify

BACK = "casework:case"


@require_GET
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def contacts(request: ActorRequest, pk: int) -> HttpResponse:
    """All contacts and notes, newest first."""
    found = file_of(request, pk)
    page = ContactsPage(head_of(request.actor, found, "casework:contacts"), contacts_of(found))
    return render(request, "casework/contacts.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def new(request: ActorRequest, pk: int) -> HttpResponse:
    """A contact; its diary entry is made in the same step."""
    found, name = writable(request, pk), "contact"
    form = ContactForm(request.POST or None, book=book_for(request.actor))
    resume(request, found, name, form)
    if form.is_valid():
        try:
            log_contact(actor=request.actor, case=found, facts=form.facts())
        except (CaseRefused, EntryRefused) as refused:
            form.refuse(refused)
        else:
            discard_draft(actor=request.actor, case=found, form=name)
            notify(request, _("The contact is written down, and stands in the diary too."))
            return redirect("casework:contacts", pk=pk)
    return form_answer(request, found, form, _("New contact"), BACK, draft=name)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def edit(request: ActorRequest, pk: int, contact: int) -> HttpResponse:
    """Correct a contact and with it its diary entry."""
    found, conflict = writable(request, pk), ""
    stored = get_object_or_404(CaseContact.objects.select_related("activity"), pk=contact, case=found)
    note = Note.objects.filter(contact=stored).first()
    text = Texts(found.person_id).open(note.text, Sealed.NOTE) if note else ""
    form = ContactForm(request.POST or None, book=book_for(request.actor), entry=stored.activity, note=text)
    version, note_version = stored.activity.version, note.version if note else 0
    if form.is_valid():
        sent = sent_number(request, "version", version), sent_number(request, "note_version", note_version)
        try:
            correct_contact(
                actor=request.actor, contact=stored, version=sent[0], note_version=sent[1], facts=form.facts()
            )
        except (CaseRefused, EntryRefused) as refused:
            form.refuse(refused)
        except (ActivityChangedMeanwhile, ChangedMeanwhile):
            conflict = meanwhile(text)
        else:
            notify(request, _("The contact is corrected."))
            return redirect("casework:contacts", pk=pk)
    return form_answer(
        request, found, form, _("Correct contact"), BACK, version=version, note_version=note_version, conflict=conflict
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def new_note(request: ActorRequest, pk: int) -> HttpResponse:
    """A note of something that was no contact; the diary does not learn of it."""
    found, name = writable(request, pk), "note"
    form = NoteForm(request.POST or None)
    resume(request, found, name, form)
    if form.is_valid():
        write_note(actor=request.actor, case=found, text=form.cleaned_data["note"])
        discard_draft(actor=request.actor, case=found, form=name)
        notify(request, _("The note is kept."))
        return redirect("casework:contacts", pk=pk)
    return form_answer(request, found, form, _("New note"), BACK, draft=name)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def edit_note(request: ActorRequest, pk: int, note: int) -> HttpResponse:
    """Correct a note."""
    found, conflict = writable(request, pk), ""
    stored = get_object_or_404(Note, pk=note, case=found, contact__isnull=True)
    text = Texts(found.person_id).open(stored.text, Sealed.NOTE)
    form = NoteForm(request.POST or None, initial={"note": text})
    if form.is_valid():
        version = sent_number(request, "version", stored.version)
        try:
            correct_note(actor=request.actor, note=stored, version=version, text=form.cleaned_data["note"])
        except ChangedMeanwhile:
            conflict = meanwhile(text)
        else:
            notify(request, _("The note is corrected."))
            return redirect("casework:contacts", pk=pk)
    return form_answer(request, found, form, _("Correct note"), BACK, version=stored.version, conflict=conflict)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def new_deadline(request: ActorRequest, pk: int) -> HttpResponse:
    """A day that must not pass unseen."""
    found = writable(request, pk)
    form = DeadlineForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        due_on = given["due_on"] or end_of_chance(given["granted_on"])
        try:
            set_deadline(actor=request.actor, case=found, kind=given["kind"], due_on=due_on, note=given["note"])
        except CaseRefused as refused:
            form.refuse(refused)
        else:
            notify(request, _("The day is remembered."))
            return redirect("casework:case", pk=pk)
    return form_answer(request, found, form, _("Remember a day"), BACK)


@require_http_methods(["POST"])
@needs(Permission.CASE_WORK)
def deadline_state(request: ActorRequest, pk: int, deadline: int, state: str) -> HttpResponse:
    """What was to be done by that day is done ("erledigt"), or open after all ("offen")."""
    found = writable(request, pk)
    if state not in {"erledigt", "offen"}:
        raise Http404
    stored = get_object_or_404(Deadline, pk=deadline, case=found)
    settle_deadline(actor=request.actor, deadline=stored, is_done=state == "erledigt")
    undo = reverse("casework:deadline_state", args=[pk, deadline, "offen"]) if state == "erledigt" else ""
    notify(request, _("Settled.") if undo else _("Open again."), undo_url=undo)
    return redirect("casework:case", pk=pk)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def short_advice(request: ActorRequest) -> HttpResponse:
    """Advice without a name: no person, no case, one diary entry."""
    form = ContactForm(request.POST or None, book=book_for(request.actor))
    del form.fields["note"]
    if form.is_valid():
        try:
            log_activity(actor=request.actor, facts=_advice(request, form))
        except EntryRefused as refused:
            form.refuse(refused)
        else:
            notify(request, _("The short advice stands in the diary. Nobody is named anywhere."))
            return redirect("casework:short_advice")
    page = FormPage(
        title=_("Short advice without a name"),
        form=form,
        label=_("Enter in the diary"),
        cancel_url=reverse("casework:list"),
        crumbs=crumbs_to(request.actor),
        state=_("No person and no case: it is counted in the diary, and that is all."),
    )
    return render(request, "casework/form.html", {"page": page}, status=422 if form.errors else 200)


def _advice(request: ActorRequest, form: ContactForm) -> Facts:
    given, last = form.cleaned_data, last_used(request.actor)
    if request.actor.account_id is None:
        raise PermissionDenied
    return Facts(
        organisation_id=last.organisation_id,
        day=given["day"],
        kind_id=given["kind"],
        done_by_id=request.actor.account_id,
        channel_id=given["channel"],
        municipality_id=last.municipality_id,
        site_id=last.site_id,
        topics=tuple(given["topics"]),
        legal_circles=tuple(given["legal_circles"]),
        participants_target=given["participants_target"],
        participants_partner=given["participants_partner"] or 0,
        minutes=given["minutes"],
    )
