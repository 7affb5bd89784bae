"""What the views of staffing share: whose things, the way to them, and how a form page is shown."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest
from kimwerk.access.permissions import Permission
from kimwerk.kernel.figures import Text
from kimwerk.staffing.models import Employee, Occupancy, Post
from kimwerk.staffing.web.pages import FormPage
from kimwerk.ui.components import Crumb, NavItem


def home_of(request: ActorRequest) -> int:
    """The organisation whose posts the actor keeps: the first one where somebody keeps those of several."""
    return min(request.actor.scope(Permission.STAFF_MANAGE).organisations, default=0)


def kept_post(request: ActorRequest, pk: int) -> Post:
    """A post that the actor keeps; 404 for anybody else."""
    return get_object_or_404(Post.objects.kept_by(request.actor).select_related("organisation"), pk=pk)


def kept_employee(request: ActorRequest, pk: int) -> Employee:
    """Somebody in a plan that the actor keeps; 404 for anybody else."""
    return get_object_or_404(Employee.objects.kept_by(request.actor), pk=pk)


def kept_occupancy(request: ActorRequest, pk: int) -> Occupancy:
    """An occupancy in a plan that the actor keeps; 404 for anybody else."""
    found = Occupancy.objects.kept_by(request.actor).select_related("post", "employee")
    return get_object_or_404(found, pk=pk)


AFTER = "after"
"""The parameter of an address that names the last row shown, behind which the next page begins."""


def asked_behind(request: ActorRequest) -> int | None:
    """The row behind which a page of a list is asked for; None for the first page."""
    asked = request.GET.get(AFTER, "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None


def next_url(last: int | None) -> str:
    """The address of the page behind that row; empty where nothing follows."""
    return f"?{AFTER}={last}" if last else ""


def to_posts() -> tuple[Crumb, ...]:
    """The way to the list of posts."""
    return (Crumb(_("Posts"), reverse("staffing:overview")),)


def to_post(post: Post) -> tuple[Crumb, ...]:
    """The way to a post."""
    return (*to_posts(), Crumb(post.name, reverse("staffing:post", args=[post.pk])))


def to_people() -> tuple[Crumb, ...]:
    """The way to the list of people."""
    return (Crumb(_("Staff"), reverse("staffing:people")),)


def to_employee(employee: Employee) -> tuple[Crumb, ...]:
    """The way to somebody."""
    return (*to_people(), Crumb(str(employee), reverse("staffing:employee", args=[employee.pk])))


def ask(
    request: ActorRequest,
    title: Text,
    crumbs: tuple[Crumb, ...],
    form: forms.Form,
    label: Text = "",
    lead: Text = "",
    links: tuple[NavItem, ...] = (),
) -> HttpResponse:
    """Show a form; the way back is the last step of the way here."""
    page = FormPage(title, crumbs, form, label or _("Save"), crumbs[-1].url, lead, links)
    return render(request, "staffing/form.html", {"page": page})
