"""What the views of finance share: whose plan, the tabs of a plan, and how a form page is shown."""

from __future__ import annotations

from typing import TypeVar

from django import forms
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest
from kimwerk.access.permissions import Permission
from kimwerk.finance.models import CostPlan
from kimwerk.finance.web.pages import ConfirmPage, FormPage
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Confirmation, Crumb, NavItem, Tab

Thing = TypeVar("Thing", bound=Model)

HIDDEN = _(
    "A line of personnel covers fewer than three people. Its amount would be somebody’s salary, so amounts and sums"
    " of this plan are shown only to those who may read salaries."
)


def readable_plan(request: ActorRequest, pk: int) -> CostPlan:
    """A plan the actor may read; 404 for anybody else."""
    return get_object_or_404(CostPlan.objects.visible_to(request.actor).select_related("organisation"), pk=pk)


def kept_plan(request: ActorRequest, pk: int) -> CostPlan:
    """A plan the actor keeps; 404 for anybody else."""
    return get_object_or_404(CostPlan.objects.kept_by(request.actor).select_related("organisation"), pk=pk)


def of_kept_plan(request: ActorRequest, model: type[Thing], pk: int, *related: str, plan: str = "plan") -> Thing:
    """Something of a plan the actor keeps; `plan` is the way from it to the plan. 404 for anybody else."""
    plans = CostPlan.objects.kept_by(request.actor)
    found = model._default_manager.filter(**{f"{plan}__in": plans}).select_related(f"{plan}__organisation", *related)
    return get_object_or_404(found, pk=pk)


def home_of(request: ActorRequest) -> int:
    """The organisation whose money the actor keeps: the first one where somebody keeps that of several."""
    return min(request.actor.scope(Permission.FINANCE_MANAGE).organisations, default=0)


def may_keep(actor: Actor, plan: CostPlan) -> bool:
    """Whether the actor keeps this plan."""
    return actor.can_at(Permission.FINANCE_MANAGE, plan.organisation_id)


def to_plans() -> tuple[Crumb, ...]:
    """The way to the plans."""
    return (Crumb(_("Cost plans"), reverse("finance:plans")),)


def to_plan(plan: CostPlan, name: str = "plan") -> tuple[Crumb, ...]:
    """The way to a plan, or to a page of it."""
    return (*to_plans(), Crumb(plan.title, reverse(f"finance:{name}", args=[plan.pk])))


def tabs_of(actor: Actor, plan: CostPlan, current: str) -> tuple[Tab, ...]:
    """The pages of a plan."""
    offered: list[tuple[str, Text]] = [
        ("plan", _("Table")),
        ("scenarios", _("Scenarios")),
        ("funding", _("Funding by post")),
        ("execution", _("Execution")),
        ("sharing", _("Cost sharing")),
    ]
    if may_keep(actor, plan):
        offered += [("proof", _("Proof of use")), ("basis", _("Posts and lines"))]
    return tuple(Tab(title, reverse(f"finance:{name}", args=[plan.pk]), name == current) for name, title in offered)


def years_of(plan: CostPlan) -> str:
    """ "2022 – 2024", or one year."""
    if plan.first_year == plan.last_year:
        return str(plan.first_year)
    return f"{plan.first_year} – {plan.last_year}"


def ask(
    request: ActorRequest,
    title: Text,
    crumbs: tuple[Crumb, ...],
    form: forms.Form,
    *,
    label: Text = "",
    lead: Text = "",
    links: tuple[NavItem, ...] = (),
) -> HttpResponse:
    """Show a form; the way back is the last step of the way here."""
    page = FormPage(title, crumbs, form, label or _("Save"), crumbs[-1].url, lead, links)
    return render(request, "finance/form.html", {"page": page})


def ask_again(request: ActorRequest, crumbs: tuple[Crumb, ...], question: Text, consequence: Text) -> HttpResponse:
    """Ask once more before something is taken out."""
    confirmation = Confirmation(question, _("Delete"), crumbs[-1].url, (consequence,), is_dangerous=True)
    page = ConfirmPage(_("Delete"), crumbs, confirmation)
    return render(request, "finance/confirm.html", {"page": page})
