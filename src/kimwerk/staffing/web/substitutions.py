"""Who stands in for whom, on pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.staffing.models import Employee, Substitution
from kimwerk.staffing.selectors.people import EmployeeFile
from kimwerk.staffing.services.substituting import SubstitutionRefused, add_substitution, remove_substitution
from kimwerk.staffing.types import SubstitutionProblem
from kimwerk.staffing.web.forms import SubstitutionForm, days_text
from kimwerk.staffing.web.pages import SubstitutionLine
from kimwerk.staffing.web.within import ask, kept_employee, to_employee
from kimwerk.ui.notices import notify

REFUSALS = {
    SubstitutionProblem.ONESELF: ("substitute", _("Nobody stands in for oneself. Choose somebody else.")),
    SubstitutionProblem.AWAY: ("substitute", _("This person is away on some of these days. Choose somebody else.")),
    SubstitutionProblem.TAKEN: ("first_day", _("Somebody stands in on some of these days already. Change the days.")),
}


@needs(Permission.STAFF_MANAGE)
def add(request: ActorRequest, pk: int) -> HttpResponse:
    """Agree who stands in."""
    kept = kept_employee(request, pk)
    others = Employee.objects.kept_by(request.actor).filter(organisation=kept.organisation_id).exclude(pk=pk)
    form = SubstitutionForm(request.POST or None, people=others)
    if form.is_valid():
        try:
            add_substitution(actor=request.actor, employee=kept, **form.cleaned_data)
        except SubstitutionRefused as refused:
            form.add_error(*REFUSALS[refused.problem])
        else:
            notify(request, _("The substitution is entered."))
            return redirect("staffing:employee", pk=pk)
    lead = _("Only who stands in from when to when. Access to cases is given with the case, by its deputy.")
    return ask(request, _("Enter a substitution"), to_employee(kept), form, _("Enter"), lead)


@needs(Permission.STAFF_MANAGE)
@require_POST
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a substitution out again."""
    kept = Employee.objects.kept_by(request.actor)
    found = get_object_or_404(Substitution.objects.filter(employee__in=kept), pk=pk)
    remove_substitution(actor=request.actor, substitution=found)
    notify(request, _("The substitution is taken out."))
    return redirect("staffing:employee", pk=found.employee_id)


def lines_of(known: EmployeeFile, *, may_keep: bool) -> tuple[SubstitutionLine, ...]:
    """Who stands in for somebody, and for whom this one stands in."""
    own = [
        SubstitutionLine(
            _("%(name)s stands in") % {"name": each.substitute},
            days_text(each.days),
            reverse("staffing:remove_substitution", args=[each.pk]) if may_keep else "",
        )
        for each in known.substitutions
    ]
    others = [
        SubstitutionLine(_("stands in for %(name)s") % {"name": each.employee}, days_text(each.days), "")
        for each in known.standing_in
    ]
    return (*own, *others)
