"""Standing orders: reading a version, writing one, and its steps into force."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.steering.models import StandingOrders
from kimwerk.steering.policies import may_keep
from kimwerk.steering.services.orders import draft_orders, rewrite_orders, take_step
from kimwerk.steering.types import OrdersStepKind, SteeringRefused
from kimwerk.steering.web.forms import NewOrdersForm, OrdersForm, OrdersStepForm
from kimwerk.steering.web.pages import Page
from kimwerk.steering.web.within import ask, kept_committee, kept_orders, to_committee, to_orders
from kimwerk.steering.web.wording import say
from kimwerk.ui.components import Moment, NavItem
from kimwerk.ui.notices import notify


@require_GET
@needs(Permission.STEERING_READ, Permission.STEERING_ATTEND)
def orders(request: ActorRequest, pk: int) -> HttpResponse:
    """A version with its text and its steps."""
    seen = StandingOrders.objects.visible_to(request.actor).select_related("committee")
    found = get_object_or_404(seen, pk=pk)
    steps = list(found.steps.order_by("-on_day", "-pk"))
    is_adopted = any(step.kind == OrdersStepKind.ADOPTED for step in steps)
    links = []
    if may_keep(request.actor, found.committee):
        links.append(NavItem(_("Note a step"), reverse("steering:orders_step", args=[pk])))
        if not is_adopted:
            links.append(NavItem(_("Change the text"), reverse("steering:rewrite_orders", args=[pk])))
    page = Page(
        title=_("Standing orders, version %(number)s") % {"number": found.number},
        state=found.reason or found.committee.name,
        crumbs=to_committee(found.committee),
        links=tuple(links),
        text_title=_("Text"),
        text=found.text,
        moments_title=_("Steps"),
        moments=tuple(Moment(step.on_day, step.get_kind_display(), by=step.by) for step in steps),
    )
    return render(request, "steering/page.html", {"page": page})


@needs(Permission.STEERING_MANAGE)
def begin(request: ActorRequest, pk: int) -> HttpResponse:
    """Begin a new version, with the text of the last one to start from."""
    kept = kept_committee(request, pk)
    last = kept.orders.order_by("-number").first()
    form = NewOrdersForm(request.POST or None, initial={"text": last.text if last else ""})
    if form.is_valid():
        made = draft_orders(actor=request.actor, committee=kept, **form.cleaned_data)
        notify(request, _("The version is begun. Note the steps as it takes them."))
        return redirect("steering:orders", pk=made.pk)
    title = _("Begin a new version")
    return ask(request, title, to_committee(kept), form, _("Begin"), draft=f"steering-orders-{pk}")


@needs(Permission.STEERING_MANAGE)
def rewrite(request: ActorRequest, pk: int) -> HttpResponse:
    """Change the text of a version that is on its way."""
    kept = kept_orders(request, pk)
    form = OrdersForm(request.POST or None, initial={"text": kept.text})
    if form.is_valid():
        try:
            rewrite_orders(actor=request.actor, orders=kept, text=form.cleaned_data["text"])
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("steering:orders", pk=pk)
    return ask(request, _("Write the standing orders"), to_orders(kept), form, draft=f"steering-version-{pk}")


@needs(Permission.STEERING_MANAGE)
def step(request: ActorRequest, pk: int) -> HttpResponse:
    """Note a step."""
    kept = kept_orders(request, pk)
    form = OrdersStepForm(request.POST or None)
    if form.is_valid():
        entered = form.cleaned_data | {"kind": OrdersStepKind(form.cleaned_data["kind"])}
        try:
            take_step(actor=request.actor, orders=kept, **entered)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The step is noted."))
            return redirect("steering:orders", pk=pk)
    return ask(request, _("Note a step"), to_orders(kept), form, _("Enter"))
