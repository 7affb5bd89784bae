"""Who holds a post: giving it, correcting, other hours, taking out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.staffing.models import Employee
from kimwerk.staffing.services.occupying import (
    OccupancyRefused,
    change_hours,
    change_occupancy,
    occupy,
    remove_occupancy,
)
from kimwerk.staffing.web.forms import HoursForm, OccupancyForm, OccupyForm
from kimwerk.staffing.web.pages import ConfirmPage
from kimwerk.staffing.web.within import ask, kept_occupancy, kept_post, to_post
from kimwerk.staffing.web.wording import say_occupancy
from kimwerk.ui.components import Confirmation, Crumb, NavItem
from kimwerk.ui.notices import notify


@needs(Permission.STAFF_MANAGE)
def occupy_post(request: ActorRequest, pk: int) -> HttpResponse:
    """Give somebody a share of the post."""
    kept = kept_post(request, pk)
    people = Employee.objects.kept_by(request.actor).filter(organisation=kept.organisation)
    form = OccupyForm(request.POST or None, people=people, share=kept.fte)
    if form.is_valid():
        employee = form.cleaned_data["employee"]
        try:
            occupy(actor=request.actor, post=kept, employee=employee, facts=form.facts)
        except OccupancyRefused as refused:
            say_occupancy(form, refused, kept, employee)
        else:
            notify(request, _("The post is occupied."))
            return redirect("staffing:post", pk=pk)
    return ask(request, _("Occupy %(name)s") % {"name": kept.name}, to_post(kept), form, _("Occupy"))


@needs(Permission.STAFF_MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct what is agreed, or enter the last day."""
    kept = kept_occupancy(request, pk)
    form = OccupancyForm.about(request.POST or None, kept)
    if form.is_valid():
        try:
            change_occupancy(actor=request.actor, occupancy=kept, facts=form.facts)
        except OccupancyRefused as refused:
            say_occupancy(form, refused, kept.post, kept.employee)
        else:
            notify(request, _("The occupancy is changed."))
            return redirect("staffing:post", pk=kept.post_id)
    title = _("%(person)s on %(post)s") % {"person": kept.employee, "post": kept.post.name}
    links = (
        NavItem(_("Another share from a day on"), reverse("staffing:hours", args=[pk])),
        NavItem(_("Take the occupancy out"), reverse("staffing:remove_occupancy", args=[pk])),
    )
    lead = _("Whoever leaves gets a last day.")
    return ask(request, title, to_post(kept.post), form, lead=lead, links=links)


@needs(Permission.STAFF_MANAGE)
def hours(request: ActorRequest, pk: int) -> HttpResponse:
    """Another share from a day on."""
    kept = kept_occupancy(request, pk)
    form = HoursForm(request.POST or None)
    if form.is_valid():
        try:
            change_hours(actor=request.actor, occupancy=kept, **form.cleaned_data)
        except OccupancyRefused as refused:
            say_occupancy(form, refused, kept.post, kept.employee)
        else:
            notify(request, _("The share is changed from that day on."))
            return redirect("staffing:post", pk=kept.post_id)
    lead = _("The day lies within the occupancy. Before it everything stays as it is.")
    return ask(
        request, _("Another share for %(person)s") % {"person": kept.employee}, to_post(kept.post), form, "", lead
    )


@needs(Permission.STAFF_MANAGE)
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take out what was entered by mistake."""
    kept = kept_occupancy(request, pk)
    url = reverse("staffing:post", args=[kept.post_id])
    if request.method == "POST":
        remove_occupancy(actor=request.actor, occupancy=kept)
        notify(request, _("The occupancy is taken out."))
        return redirect(url)
    confirmation = Confirmation(
        question=_("Take the occupancy by %(person)s out?") % {"person": kept.employee},
        label=_("Delete"),
        cancel_url=url,
        consequences=(_("It counts no more, for no day. Whoever leaves gets a last day instead."),),
        is_dangerous=True,
    )
    page = ConfirmPage(_("Take an occupancy out"), (*to_post(kept.post), Crumb(str(kept.employee), url)), confirmation)
    return render(request, "staffing/confirm.html", {"page": page})
