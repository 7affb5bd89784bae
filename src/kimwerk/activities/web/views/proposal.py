"""The mapping proposed for the statistics of the Land: seen first, then taken over."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.services.proposal import Proposed, adopt_proposal, proposed_mappings
from kimwerk.activities.types import CategoryList
from kimwerk.activities.web.category_forms import ProposalForm
from kimwerk.activities.web.pages import ProposalPage
from kimwerk.activities.web.wording import LISTS
from kimwerk.ui.components import Cell, Column, Confirmation, Crumb, Row, Table
from kimwerk.ui.notices import notify


@require_http_methods(["GET", "POST"])
@needs(Permission.CATEGORY_MANAGE)
def proposal(request: ActorRequest) -> HttpResponse:
    """What the proposal would add, and the button that adds it."""
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        count = adopt_proposal(actor=request.actor, since=form.cleaned_data["since"])
        told = ngettext("%(count)d category is mapped now.", "%(count)d categories are mapped now.", count)
        notify(request, told % {"count": count})
        return redirect("activities:lists")
    title = _("Proposed mapping for the statistics of the Land")
    page = ProposalPage(
        title=title,
        table=_table(title, proposed_mappings()),
        confirmation=Confirmation(
            question=_("What you have entered stays as it is. Each category can be changed afterwards."),
            label=_("Take over the proposal"),
            cancel_url=reverse("activities:lists"),
        ),
        form=form,
        crumbs=(Crumb(_("Categories"), reverse("activities:lists")),),
    )
    return render(request, "activities/proposal.html", {"page": page}, status=422 if form.errors else 200)


def _table(title: str, proposed: tuple[Proposed, ...]) -> Table:
    columns = (Column(_("Label")), Column(_("List")), Column(_("Counts for the Land as")))
    rows = tuple(
        Row(
            (
                Cell(each.category.label),
                Cell(LISTS[CategoryList(each.category.category_list)]),
                Cell(each.label),
            ),
            key=f"category-{each.category.pk}",
        )
        for each in proposed
    )
    return Table(title, columns, rows, is_caption_hidden=True)
