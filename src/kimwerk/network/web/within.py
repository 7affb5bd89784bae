"""What the views of the network log share: the way to things, refusals in words, and how a form page is shown."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.directory.selectors import municipalities_around
from kimwerk.kernel.figures import Text
from kimwerk.network.models import Supply
from kimwerk.network.types import NetworkProblem, NetworkRefused
from kimwerk.ui.components import Crumb
from kimwerk.ui.pages import FormPage

REFUSED: Mapping[NetworkProblem, tuple[str | None, Text]] = {
    NetworkProblem.NAMES_SOMEBODY: (
        "text",
        _("This reads like a name, an address or a birthday. Write what it was about, and name nobody."),
    ),
    NetworkProblem.NOT_YET: ("on_day", _("The day lies in the future. Enter the day on which you met.")),
    NetworkProblem.ENDS_BEFORE_IT_BEGINS: (None, _("The second day must come after the first one.")),
    NetworkProblem.TOGETHER_ALREADY: (None, _("This need and this offer were brought together before.")),
    NetworkProblem.NO_LONGER_OPEN: (None, _("The offer is no longer open.")),
}


def home_of(request: ActorRequest) -> int:
    """The organisation into whose log the actor writes: the first one where there are several."""
    return min(request.actor.scope(Permission.NETWORK_KEEP).touched_organisations, default=0)


def places_of(request: ActorRequest) -> QuerySet[Municipality]:
    """The municipalities of the districts whose network the actor reads."""
    return municipalities_around(request.actor.scope(Permission.NETWORK_READ).touched_organisations)


def bodies_of(request: ActorRequest) -> QuerySet[Organisation]:
    """The bodies that can be chosen: all that exist but one's own."""
    homes = request.actor.scope(Permission.NETWORK_READ).touched_organisations
    found = Organisation.objects.visible_to(request.actor).existing(timezone.localdate())
    return found.exclude(pk__in=homes).order_by("sort_key", "pk")


def seen_body(request: ActorRequest, pk: int) -> Organisation:
    """A body of the directory; 404 where there is none."""
    found = Organisation.objects.visible_to(request.actor).select_related("municipality")
    return get_object_or_404(found, pk=pk)


def kept_supply(request: ActorRequest, pk: int) -> Supply:
    """An offer that the actor keeps; 404 for anybody else."""
    return get_object_or_404(Supply.objects.kept_by(request.actor).select_related("partner"), pk=pk)


def to_partners() -> tuple[Crumb, ...]:
    """The way to the bodies."""
    return (Crumb(_("Whom we know"), reverse("network:partners")),)


def to_partner(body: Organisation) -> tuple[Crumb, ...]:
    """The way to a body."""
    return (*to_partners(), Crumb(body.name, reverse("network:partner", args=[body.pk])))


def to_supplies() -> tuple[Crumb, ...]:
    """The way to the offers."""
    return (Crumb(_("Offers and needs"), reverse("network:supplies")),)


def to_supply(supply: Supply) -> tuple[Crumb, ...]:
    """The way to an offer."""
    return (*to_supplies(), Crumb(supply.title, reverse("network:supply", args=[supply.pk])))


def to_publications() -> tuple[Crumb, ...]:
    """The way to the register of what was told to the public."""
    return (Crumb(_("Public relations"), reverse("network:publications")),)


def say(form: forms.Form, refused: NetworkRefused) -> None:
    """Put a refusal at its field, or above the form where it has none."""
    name, text = REFUSED[refused.problem]
    form.add_error(name if name in form.fields else None, str(text))


def ask(
    request: ActorRequest,
    title: Text,
    crumbs: tuple[Crumb, ...],
    form: forms.Form,
    label: Text = "",
    lead: Text = "",
    draft: str = "",
) -> HttpResponse:
    """Show a form."""
    page = FormPage(title, crumbs, form, label or _("Save"), lead, draft)
    return render(request, "ui/form_page.html", {"page": page}, status=422 if form.errors else 200)
