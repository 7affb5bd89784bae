"""Handing a case over, and standing in."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.casework.models import Case
from kimwerk.casework.policies import may_hand_over, may_look_into, may_work_on
from kimwerk.casework.selectors.choices import counsellors
from kimwerk.casework.services.handing_over import deputise, end_deputy, hand_over
from kimwerk.casework.services.refusals import CaseRefused
from kimwerk.casework.web.filing import crumbs_to, list_crumb
from kimwerk.casework.web.forms.cases import DeputyForm, HandOverForm, people_of
from kimwerk.casework.web.forms.fields import CaseForm
from kimwerk.casework.web.pages import FormPage
from kimwerk.ui.components import Action
from kimwerk.ui.notices import notify


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def hand(request: ActorRequest, pk: int) -> HttpResponse:
    """Make somebody else responsible: the case manager hands over, the coordination assigns."""
    found = _movable(request, pk)
    works = may_work_on(request.actor, found)
    people = people_of(counsellors(found.organisation_id), without={found.responsible_id})
    form = HandOverForm(request.POST or None, people=people, has_summary=works)
    if form.is_valid():
        given = form.cleaned_data
        try:
            hand_over(actor=request.actor, case=found, account_id=given["account"], summary=given.get("summary", ""))
        except CaseRefused as refused:
            form.refuse(refused)
        else:
            notify(request, _("The case %(number)s is handed over.") % {"number": found.number})
            return redirect("casework:list" if works else "casework:overview")
    page = _page(request, found, form, _("Hand the case over"), _("Hand over"), has_ways=True)
    return render(request, "casework/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def deputy(request: ActorRequest, pk: int) -> HttpResponse:
    """Let a colleague stand in."""
    found = _movable(request, pk)
    people = people_of(counsellors(found.organisation_id), without={found.responsible_id, found.deputy_id})
    form = DeputyForm(request.POST or None, people=people)
    if form.is_valid():
        given = form.cleaned_data
        try:
            deputise(actor=request.actor, case=found, account_id=given["account"], until=given["until"])
        except CaseRefused as refused:
            form.refuse(refused)
        else:
            notify(request, _("The deputy can work on the case from now on."))
            return redirect(_back(request, found))
    page = _page(request, found, form, _("Name a deputy"), _("Name deputy"))
    return render(request, "casework/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["POST"])
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def deputy_end(request: ActorRequest, pk: int) -> HttpResponse:
    """Nobody stands in any more."""
    found = _movable(request, pk)
    end_deputy(actor=request.actor, case=found)
    notify(request, _("Nobody stands in any more."))
    return redirect(_back(request, found))


def _movable(request: ActorRequest, pk: int) -> Case:
    """A case that the actor may pass on; the coordination sees its row only."""
    mine = Case.objects.own_of(request.actor) | Case.objects.overseen_by(request.actor)
    found = mine.select_related("responsible", "deputy", "municipality").filter(pk=pk).first()
    if found is None or not may_hand_over(request.actor, found):
        raise Http404
    return found


def _back(request: ActorRequest, case: Case) -> str:
    is_own = may_work_on(request.actor, case)
    return reverse("casework:case", args=[case.pk]) if is_own else reverse("casework:overview")


def _page(
    request: ActorRequest, case: Case, form: CaseForm, title: str, label: str, *, has_ways: bool = False
) -> FormPage:
    look = Action(_("Look into the case"), reverse("casework:break_glass", args=[case.pk]))
    stand_in = Action(_("Name a deputy instead"), reverse("casework:deputise", args=[case.pk]))
    ways = (stand_in, look) if may_look_into(request.actor, case) else (stand_in,)
    return FormPage(
        title=title,
        form=form,
        label=label,
        cancel_url=_back(request, case),
        crumbs=crumbs_to(request.actor, case)
        if may_work_on(request.actor, case)
        else (list_crumb(request.actor, case),),
        state=_("%(number)s, responsible: %(name)s") % {"number": case.number, "name": case.responsible.display_name},
        ways=ways if has_ways else (),
    )
