"""Favourites and saved views: what somebody keeps for themselves."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.models import Favourite, SavedView
from kimwerk.activities.selectors.usual import saved_views
from kimwerk.activities.services.personal import (
    LabelMissing,
    LabelTaken,
    TooMany,
    add_favourite,
    change_favourite,
    move_favourite,
    remove_favourite,
    remove_view,
    rename_view,
    save_view,
)
from kimwerk.activities.web.filters import tidy_query
from kimwerk.activities.web.forms import FavouriteForm
from kimwerk.activities.web.pages import FavouritesPage, ViewsPage
from kimwerk.ui.components import Tone
from kimwerk.ui.notices import notify

REFUSALS = (LabelTaken, LabelMissing, TooMany)


@require_http_methods(["GET", "POST"])
@needs(Permission.ACTIVITY_LOG)
def favourites(request: ActorRequest) -> HttpResponse:
    """All favourites, and a new one."""
    form = FavouriteForm(request.POST or None, prefix="new")
    if form.is_valid():
        try:
            add_favourite(actor=request.actor, label=form.cleaned_data["label"], line=form.cleaned_data["line"])
        except REFUSALS as refused:
            form.add_error("label", _said(refused))
        else:
            notify(request, _("The favourite is kept."))
            return redirect("activities:favourites")
    kept = Favourite.objects.visible_to(request.actor).order_by("position", "pk")
    each = tuple(
        (one, FavouriteForm(initial={"label": one.label, "line": one.line}, prefix=f"f{one.pk}")) for one in kept
    )
    return render(request, "activities/favourites.html", {"page": FavouritesPage(each, form)})


@require_http_methods(["POST"])
@needs(Permission.ACTIVITY_LOG)
def favourite(request: ActorRequest, pk: int) -> HttpResponse:
    """Change, move or remove one favourite."""
    kept = get_object_or_404(Favourite.objects.visible_to(request.actor), pk=pk)
    if "remove" in request.POST:
        remove_favourite(actor=request.actor, favourite=kept)
        notify(request, _("The favourite is removed."))
    elif "up" in request.POST or "down" in request.POST:
        move_favourite(actor=request.actor, favourite=kept, is_up="up" in request.POST)
    else:
        _change(request, kept)
    return redirect("activities:favourites")


def _change(request: ActorRequest, kept: Favourite) -> None:
    label, line = request.POST.get(f"f{kept.pk}-label", ""), request.POST.get(f"f{kept.pk}-line", "")
    try:
        change_favourite(actor=request.actor, favourite=kept, label=label, line=line)
    except REFUSALS as refused:
        notify(request, _said(refused), tone=Tone.WARNING)
    else:
        notify(request, _("The favourite is changed."))


@require_http_methods(["GET", "POST"])
@needs(Permission.ACTIVITY_LOG, Permission.ACTIVITY_READ)
def views(request: ActorRequest) -> HttpResponse:
    """All saved views; a POST saves the list as it is filtered now."""
    if request.method == "GET":
        return render(request, "activities/views.html", {"page": ViewsPage(saved_views(request.actor))})
    query = tidy_query(request.GET)
    try:
        save_view(actor=request.actor, label=request.POST.get("label", ""), query=query.urlencode())
    except REFUSALS as refused:
        notify(request, _said(refused), tone=Tone.WARNING)
    else:
        notify(request, _("The view is saved. You find it above the list."))
    response = redirect("activities:list")
    response.headers["Location"] += f"?{query.urlencode()}"
    return response


@require_http_methods(["POST"])
@needs(Permission.ACTIVITY_LOG, Permission.ACTIVITY_READ)
def view(request: ActorRequest, pk: int) -> HttpResponse:
    """Rename or remove one saved view."""
    kept = get_object_or_404(SavedView.objects.visible_to(request.actor), pk=pk)
    if "remove" in request.POST:
        remove_view(actor=request.actor, view=kept)
        notify(request, _("The view is removed."))
        return redirect("activities:views")
    try:
        rename_view(actor=request.actor, view=kept, label=request.POST.get("label", ""))
    except REFUSALS as refused:
        notify(request, _said(refused), tone=Tone.WARNING)
    return redirect("activities:views")


def _said(refused: Exception) -> str:
    if isinstance(refused, LabelTaken):
        return _("You keep something under this name already. Choose another name.")
    if isinstance(refused, LabelMissing):
        return _("Please give it a name.")
    return _("There is no room for more. Remove one first.")
