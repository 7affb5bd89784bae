"""Case conferences: the list, one of them, and its errands."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.services.refusals import EntryRefused
from kimwerk.casework.models.case import Case
from kimwerk.casework.models.conference import Conference, ConferenceTask
from kimwerk.casework.referral_policies import learning_homes, may_hold
from kimwerk.casework.selectors.conferences import ConferenceFile, conference_file, conferences
from kimwerk.casework.services.conferences import (
    ConferenceMoved,
    ConferenceRefused,
    NotCovered,
    add_task,
    cancel_conference,
    change_invitees,
    hold_conference,
    plan_conference,
    settle_task,
    share_content,
)
from kimwerk.casework.web.filing import opened
from kimwerk.casework.web.referrals.conference_pages import (
    conference_crumbs,
    conference_list_page,
    conference_page,
    owners_of,
)
from kimwerk.casework.web.referrals.forms import ConferenceForm, HeldForm, InviteesForm, TaskForm, told_at_fields
from kimwerk.casework.web.referrals.pages import AskPage, ErrandPage
from kimwerk.casework.web.referrals.wording import CATEGORIES, CONFERENCE_PROBLEMS
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Confirmation, Tone
from kimwerk.ui.listing import paged
from kimwerk.ui.notices import notify

Form = ConferenceForm | HeldForm | InviteesForm


@require_GET
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def listing(request: ActorRequest) -> HttpResponse:
    """The conferences of one's cases, and those for learning."""
    listed = paged(conferences(request.actor), request.GET)
    page = conference_list_page(listed.items, pagination=listed.pagination)
    return render(request, "casework/listed.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def new(request: ActorRequest, pk: int) -> HttpResponse:
    """Plan a conference about a case."""
    case = get_object_or_404(Case.objects.own_of(request.actor).not_closed(), pk=pk)
    lead = _("Case %(number)s. Nobody is told anything by planning.") % {"number": case.number}
    return _plan(request, case.organisation_id, case.pk, lead)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def learn(request: ActorRequest) -> HttpResponse:
    """Plan an anonymised conference, to learn from a case without a name."""
    lead = _("Anonymised, to learn from. It is linked to no case and no person, and the texts name nobody.")
    return _plan(request, learning_homes(request.actor)[0], None, lead)


@require_GET
@never_cache
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def conference(request: ActorRequest, pk: int) -> HttpResponse:
    """One conference with all that is known of it."""
    return _show(request, _file(request, pk), None)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def invite(request: ActorRequest, pk: int) -> HttpResponse:
    """Invite, or take an invitation back."""
    file = _file(request, pk, is_kept=True)
    form = InviteesForm(request.POST if request.method == "POST" else None)
    form.initial = {"invitees": [str(each.organisation_id) for each in file.invited]}

    def errand(found: Conference) -> object:
        chosen = tuple(form.cleaned_data["invitees"])
        return change_invitees(actor=request.actor, conference=found, version=file.version, invitees=chosen)

    return _ask(request, file, form, (_("Invited organisations"), _("Save")), errand)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def share(request: ActorRequest, pk: int) -> HttpResponse:
    """Tell everybody who is invited, after asking; nobody, if consent does not cover them all."""
    file = _file(request, pk, is_kept=True)
    if file.person_id is None:
        raise Http404
    if request.method == "POST":
        return _share(request, file)
    told = (CATEGORIES[each] for each in (*file.categories, DataCategory.CONCERN))
    confirmation = Confirmation(
        question=_("Tell everybody who is invited?"),
        label=_("Tell them now"),
        cancel_url=reverse("casework:conference", args=[pk]),
        consequences=(
            _("They are told: %(what)s.") % {"what": ", ".join(str(each) for each in told)},
            _("To: %(whom)s.") % {"whom": ", ".join(each.name for each in file.not_told)},
            _("What was sent is frozen and can be told years later."),
        ),
    )
    warnings = tuple(
        _("No consent in force covers %(name)s. Nobody can be told before.") % {"name": each.name}
        for each in file.not_covered
    )
    page = AskPage(confirmation.label, conference_crumbs(file), confirmation, warnings)
    return render(request, "casework/ask.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def held(request: ActorRequest, pk: int) -> HttpResponse:
    """Write down what was agreed, with contact and diary entry."""
    file = _file(request, pk, is_kept=True)
    invited = [(str(each.organisation_id), each.name) for each in file.invited]
    sent = request.POST if request.method == "POST" else None
    form = HeldForm(sent, invited=invited, is_anonymous=file.person_id is None)

    def errand(found: Conference) -> object:
        return hold_conference(actor=request.actor, conference=found, version=file.version, held=form.held)

    return _ask(request, file, form, (_("What was agreed"), _("Save")), errand)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Call it off, after asking."""
    file = _file(request, pk, is_kept=True)
    if request.method == "POST":
        return _do(
            request,
            file,
            lambda found: cancel_conference(actor=request.actor, conference=found, version=file.version),
        )
    confirmation = Confirmation(
        question=_("Call this conference off?"),
        label=_("Call off"),
        cancel_url=reverse("casework:conference", args=[pk]),
        consequences=(_("It stays in the list. What the invited were told is not taken back by it."),),
        is_dangerous=True,
    )
    page = AskPage(confirmation.label, conference_crumbs(file), confirmation)
    return render(request, "casework/ask.html", {"page": page})


@require_POST
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def task(request: ActorRequest, pk: int) -> HttpResponse:
    """Add a task."""
    file = _file(request, pk, is_kept=True)
    form = TaskForm(request.POST, owners=owners_of(file))
    if form.is_valid():
        try:
            add_task(actor=request.actor, conference=Conference.objects.get(pk=pk), task=form.facts(request.actor))
        except ConferenceRefused as refused:
            told_at_fields(form, refused.problems, CONFERENCE_PROBLEMS)
        else:
            notify(request, _("The task is noted."))
            return redirect("casework:conference", pk=pk)
    return _show(request, file, form)


@require_POST
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def settle(request: ActorRequest, pk: int) -> HttpResponse:
    """A task is done."""
    reachable = Conference.objects.visible_to(request.actor).values("pk")
    found = get_object_or_404(ConferenceTask.objects.filter(conference__in=reachable), pk=pk)
    try:
        settle_task(actor=request.actor, task=found)
    except PermissionDenied:
        raise Http404 from None
    notify(request, _("The task is done."))
    return redirect("casework:conference", pk=found.conference_id)


def _plan(request: ActorRequest, organisation_id: int, case_id: int | None, lead: Text) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = ConferenceForm(sent, is_anonymous=case_id is None)
    draft = f"conference-{case_id or 'learning'}"
    if request.method == "POST" and form.is_valid():
        try:
            planned = plan_conference(actor=request.actor, facts=form.facts(organisation_id, case_id))
        except ConferenceRefused as refused:
            told_at_fields(form, refused.problems, CONFERENCE_PROBLEMS)
        else:
            notify(request, _("The conference is planned. Nobody has been told anything."), saved_draft=draft)
            return redirect("casework:conference", pk=planned.pk)
    page = ErrandPage(
        title=_("Plan a case conference"),
        lead=lead,
        crumbs=conference_crumbs(),
        form=form,
        label=_("Plan the conference"),
        cancel_url=reverse("casework:conferences"),
        draft=draft,
    )
    return render(request, "casework/errand.html", {"page": page}, status=422 if form.errors else 200)


def _file(request: ActorRequest, pk: int, *, is_kept: bool = False) -> ConferenceFile:
    """The conference, if it exists for the actor; with `is_kept` only if the actor may also change it."""
    file = conference_file(request.actor, pk)
    if file is None or (is_kept and not may_hold(request.actor, Conference.objects.get(pk=pk))):
        raise Http404
    opened(request, file.person_id)
    return file


def _show(request: ActorRequest, file: ConferenceFile, form: TaskForm | None) -> HttpResponse:
    is_kept = may_hold(request.actor, Conference.objects.get(pk=file.row.id))
    task_form = (form or TaskForm(owners=owners_of(file))) if is_kept else None
    page = conference_page(file, task_form, is_kept=is_kept)
    is_refused = form is not None and bool(form.errors)
    return render(request, "casework/conference.html", {"page": page}, status=422 if is_refused else 200)


def _share(request: ActorRequest, file: ConferenceFile) -> HttpResponse:
    try:
        found = Conference.objects.get(pk=file.row.id)
        share_content(actor=request.actor, conference=found, version=file.version)
    except NotCovered:
        notify(request, _("Nobody was told: consent does not cover everybody who is invited."), tone=Tone.WARNING)
    except ConferenceMoved:
        notify(request, _("The conference has changed meanwhile. Look at it again."), tone=Tone.WARNING)
    else:
        notify(request, _("Everybody who is invited has been told."))
    return redirect("casework:conference", pk=file.row.id)


def _do(request: ActorRequest, file: ConferenceFile, errand: Callable[[Conference], object]) -> HttpResponse:
    try:
        errand(Conference.objects.get(pk=file.row.id))
    except ConferenceMoved:
        notify(request, _("The conference has changed meanwhile. Look at it again."), tone=Tone.WARNING)
    else:
        notify(request, _("Noted."))
    return redirect("casework:conference", pk=file.row.id)


def _ask(
    request: ActorRequest,
    file: ConferenceFile,
    form: Form,
    words: tuple[Text, Text],
    errand: Callable[[Conference], object],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            return _do(request, file, errand)
        except ConferenceRefused as refused:
            told_at_fields(form, refused.problems, CONFERENCE_PROBLEMS)
        except EntryRefused:
            form.add_error("kind", _("The diary does not take this entry. Choose another kind or day."))
    page = ErrandPage(
        title=words[0],
        lead=file.row.occasion,
        crumbs=conference_crumbs(file),
        form=form,
        label=words[1],
        cancel_url=reverse("casework:conference", args=[file.row.id]),
    )
    return render(request, "casework/errand.html", {"page": page}, status=422 if form.errors else 200)
