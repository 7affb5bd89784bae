"""What the views of steering share: whose things, the way to them, and how a form page is shown."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest
from kimwerk.access.permissions import Permission
from kimwerk.kernel.figures import Text
from kimwerk.steering.models import Committee, Resolution, Seat, StandingOrders
from kimwerk.steering.web.pages import FormPage
from kimwerk.ui.components import Crumb, NavItem


def home_of(actor: Actor) -> int:
    """The organisation whose committees the actor keeps: the first one where somebody keeps those of several."""
    return min(actor.scope(Permission.STEERING_MANAGE).organisations, default=0)


def seen_committee(request: ActorRequest, pk: int) -> Committee:
    """A committee that the actor reads; 404 for anybody else."""
    found = Committee.objects.visible_to(request.actor).select_related("organisation", "successor")
    return get_object_or_404(found, pk=pk)


def kept_committee(request: ActorRequest, pk: int) -> Committee:
    """A committee whose office the actor is; 404 for anybody else."""
    return get_object_or_404(Committee.objects.kept_by(request.actor), pk=pk)


def kept_seat(request: ActorRequest, pk: int) -> Seat:
    """A seat of a committee whose office the actor is; 404 for anybody else."""
    found = Seat.objects.kept_by(request.actor).given().select_related("committee", "organisation")
    return get_object_or_404(found, pk=pk)


def kept_orders(request: ActorRequest, pk: int) -> StandingOrders:
    """A version of standing orders that the actor keeps; 404 for anybody else."""
    return get_object_or_404(StandingOrders.objects.kept_by(request.actor).select_related("committee"), pk=pk)


def to_committees() -> tuple[Crumb, ...]:
    """The way to the list of committees."""
    return (Crumb(_("Committees"), reverse("steering:committees")),)


def to_committee(committee: Committee) -> tuple[Crumb, ...]:
    """The way to a committee."""
    return (*to_committees(), Crumb(committee.name, reverse("steering:committee", args=[committee.pk])))


def to_orders(orders: StandingOrders) -> tuple[Crumb, ...]:
    """The way to a version of standing orders."""
    title = _("Standing orders, version %(number)s") % {"number": orders.number}
    return (*to_committee(orders.committee), Crumb(title, reverse("steering:orders", args=[orders.pk])))


def to_resolutions() -> tuple[Crumb, ...]:
    """The way to the register of resolutions."""
    return (Crumb(_("Resolutions"), reverse("steering:resolutions")),)


def to_resolution(resolution: Resolution) -> tuple[Crumb, ...]:
    """The way to a resolution."""
    return (*to_resolutions(), Crumb(resolution.title, reverse("steering:resolution", args=[resolution.pk])))


def ask(
    request: ActorRequest,
    title: Text,
    crumbs: tuple[Crumb, ...],
    form: forms.Form,
    label: Text = "",
    lead: Text = "",
    draft: str = "",
    links: tuple[NavItem, ...] = (),
) -> HttpResponse:
    """Show a form; the way back is the last step of the way here."""
    page = FormPage(title, crumbs, form, label or _("Save"), crumbs[-1].url, lead, draft, links)
    return render(request, "steering/form.html", {"page": page})
