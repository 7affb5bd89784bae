"""The checklists of module 3: the list, one of them, its standing, and what an authority is handed."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.casework.models.case import Case
from kimwerk.casework.models.checklist import Checklist
from kimwerk.casework.referral_policies import may_keep_case
from kimwerk.casework.selectors.checklists import ChecklistFile, checklist_file
from kimwerk.casework.selectors.checklists import checklists as checklists_of
from kimwerk.casework.services.checklists import (
    ChecklistMoved,
    ChecklistRefused,
    NothingCovered,
    begin_checklist,
    disclose_to_authority,
    set_standing,
    tick_items,
)
from kimwerk.casework.web.filing import opened
from kimwerk.casework.web.referrals.checklist_pages import checklist_crumbs, checklist_list_page, checklist_page
from kimwerk.casework.web.referrals.forms import BeginForm, HandOverForm, ItemsForm, StandingForm, told_at_fields
from kimwerk.casework.web.referrals.pages import ErrandPage
from kimwerk.casework.web.referrals.wording import CHECKLIST_PROBLEMS
from kimwerk.persons.web.sent import sent_number
from kimwerk.ui.components import Tone
from kimwerk.ui.listing import paged
from kimwerk.ui.notices import notify


@require_GET
@needs(Permission.CASE_WORK)
def checklists(request: ActorRequest) -> HttpResponse:
    """The checklists of one's cases."""
    listed = paged(checklists_of(request.actor), request.GET)
    page = checklist_list_page(listed.items, pagination=listed.pagination)
    return render(request, "casework/listed.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def new(request: ActorRequest, pk: int) -> HttpResponse:
    """Begin a checklist for a case."""
    case = get_object_or_404(Case.objects.own_of(request.actor).not_closed(), pk=pk)
    form = BeginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            begun = begin_checklist(actor=request.actor, case=case, list_key=form.cleaned_data["list"])
        except ChecklistRefused as refused:
            told_at_fields(form, refused.problems, CHECKLIST_PROBLEMS)
        else:
            return redirect("casework:checklist", pk=begun.pk)
    page = ErrandPage(
        title=_("Begin a checklist"),
        lead=_("Case %(number)s. Information, no legal advice.") % {"number": case.number},
        crumbs=checklist_crumbs(),
        form=form,
        label=_("Begin"),
        cancel_url=reverse("casework:checklists"),
    )
    return render(request, "casework/errand.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(Permission.CASE_WORK)
def checklist(request: ActorRequest, pk: int) -> HttpResponse:
    """One checklist, line by line."""
    file, is_kept = _file(request, pk)
    form = ItemsForm(request.POST if request.method == "POST" else None, checklist=file)
    if request.method == "POST" and is_kept and form.is_valid():
        try:
            tick_items(
                actor=request.actor,
                checklist=Checklist.objects.get(pk=pk),
                version=sent_number(request, "version", file.version),
                states=form.states,
            )
        except ChecklistMoved:
            notify(request, _("The checklist has changed meanwhile. This is how it stands now."), tone=Tone.WARNING)
        else:
            notify(request, _("The checklist is saved."))
        return redirect("casework:checklist", pk=pk)
    page = checklist_page(file, form, is_kept=is_kept)
    return render(request, "casework/checklist.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def standing(request: ActorRequest, pk: int) -> HttpResponse:
    """Authority, appointment, application, decision."""
    file = _kept(request, pk)
    form = StandingForm.about(request.POST if request.method == "POST" else None, file)
    if request.method == "POST" and form.is_valid():
        try:
            set_standing(
                actor=request.actor,
                checklist=Checklist.objects.get(pk=pk),
                version=file.version,
                standing=form.standing,
            )
        except ChecklistRefused as refused:
            told_at_fields(form, refused.problems, CHECKLIST_PROBLEMS)
        else:
            notify(request, _("Noted."))
            return redirect("casework:checklist", pk=pk)
    page = ErrandPage(
        title=_("Appointment and state"),
        lead=file.listed.title,
        crumbs=checklist_crumbs(file),
        form=form,
        label=_("Save"),
        cancel_url=reverse("casework:checklist", args=[pk]),
    )
    return render(request, "casework/errand.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def hand_over(request: ActorRequest, pk: int) -> HttpResponse:
    """Hand chosen data to the authority, explicitly and on a consent."""
    file = _kept(request, pk)
    if file.authority_id is None:
        raise Http404
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = Checklist.objects.select_related("case").get(pk=pk)
        try:
            disclose_to_authority(actor=request.actor, checklist=found, categories=form.chosen)
        except NothingCovered:
            form.add_error(
                "categories",
                _("No consent in force lets this authority have all of this. Choose less, or ask for it first."),
            )
        except PermissionDenied:
            raise Http404 from None
        else:
            notify(request, _("It has been handed over. The authority sees exactly this, and nothing else."))
            return redirect("casework:checklist", pk=pk)
    page = ErrandPage(
        title=_("Hand over to %(authority)s") % {"authority": file.authority},
        lead=_("The authority has no access here. It reads what you hand over now, frozen as it is."),
        crumbs=checklist_crumbs(file),
        form=form,
        label=_("Hand over"),
        cancel_url=reverse("casework:checklist", args=[pk]),
    )
    return render(request, "casework/errand.html", {"page": page}, status=422 if form.errors else 200)


def _file(request: ActorRequest, pk: int) -> tuple[ChecklistFile, bool]:
    file = checklist_file(request.actor, pk)
    if file is None:
        raise Http404
    opened(request, file.person_id)
    return file, may_keep_case(request.actor, file.case_id)


def _kept(request: ActorRequest, pk: int) -> ChecklistFile:
    file, is_kept = _file(request, pk)
    if not is_kept:
        raise Http404
    return file
