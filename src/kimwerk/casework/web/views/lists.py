"""The lists casework chooses from: access paths, closure reasons, life domains, aspects of quality."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.casework.models import Choice
from kimwerk.casework.selectors.choices import land_name
from kimwerk.casework.services.mapping import map_choice
from kimwerk.casework.services.refusals import CaseRefused
from kimwerk.casework.services.rules import add_choice, end_choice
from kimwerk.casework.types import ChoiceList
from kimwerk.casework.web.forms.oversight import ChoiceForm, MappingForm
from kimwerk.casework.web.pages import ChoiceLine, FormPage, ListsPage
from kimwerk.casework.web.wording import LISTS
from kimwerk.kernel import german
from kimwerk.ui.components import Crumb, Tab
from kimwerk.ui.notices import notify

MAPPED = (ChoiceList.ACCESS_PATH.value, ChoiceList.CLOSURE_REASON.value)
"""The lists that the Land asks for in its own words."""


@require_http_methods(["GET", "POST"])
@needs(Permission.CATEGORY_MANAGE)
def lists(request: ActorRequest, key: str = ChoiceList.ACCESS_PATH.value) -> HttpResponse:
    """One list with its entries, ended ones included, and a new entry below."""
    if key not in set(ChoiceList):
        raise Http404
    chosen, form = ChoiceList(key), ChoiceForm(request.POST or None)
    if form.is_valid():
        try:
            add_choice(actor=request.actor, choice_list=chosen, **form.cleaned_data)
        except CaseRefused as refused:
            form.refuse(refused)
        else:
            notify(request, _("The entry is added."))
            return redirect("casework:choices", key=key)
    page = ListsPage(
        tabs=tuple(Tab(LISTS[each], reverse("casework:choices", args=[each]), each is chosen) for each in ChoiceList),
        title=LISTS[chosen],
        lines=tuple(_line(choice) for choice in Choice.objects.of(chosen).prefetch_related("mappings")),
        form=form,
    )
    return render(request, "casework/lists.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["POST"])
@needs(Permission.CATEGORY_MANAGE)
def end(request: ActorRequest, pk: int) -> HttpResponse:
    """Offer an entry no longer."""
    choice = get_object_or_404(Choice, pk=pk)
    end_choice(actor=request.actor, choice=choice)
    notify(request, _("The entry is ended. What names it keeps it."))
    return redirect("casework:choices", key=choice.choice_list)


@require_http_methods(["GET", "POST"])
@needs(Permission.CATEGORY_MANAGE)
def map_land(request: ActorRequest, pk: int) -> HttpResponse:
    """Say what the Land calls an entry."""
    choice = get_object_or_404(Choice.objects.filter(choice_list__in=MAPPED), pk=pk)
    url = reverse("casework:choices", args=[choice.choice_list])
    form = MappingForm(request.POST if request.method == "POST" else None, initial={"label": land_name(choice)})
    if form.is_valid():
        map_choice(actor=request.actor, choice=choice, **form.cleaned_data)
        notify(request, _("“%(label)s” is mapped.") % {"label": choice.label})
        return redirect(url)
    page = FormPage(
        title=_("Statistics for the Land: %(label)s") % {"label": choice.label},
        form=form,
        label=_("Save"),
        cancel_url=url,
        crumbs=(Crumb(LISTS[ChoiceList(choice.choice_list)], url),),
        lead=_("The Land’s own list is not published; what stands here at first is our proposal."),
    )
    return render(request, "casework/form.html", {"page": page}, status=422 if form.errors else 200)


def _line(choice: Choice) -> ChoiceLine:
    state = ""
    if choice.valid_until:
        state = _("until %(day)s") % {"day": german.day(choice.valid_until)}
    elif choice.valid_from and choice.valid_from > timezone.localdate():
        state = _("from %(day)s") % {"day": german.day(choice.valid_from)}
    end_url = "" if choice.valid_until else reverse("casework:end_choice", args=[choice.pk])
    is_mapped = choice.choice_list in MAPPED
    map_url = reverse("casework:map_choice", args=[choice.pk]) if is_mapped else ""
    return ChoiceLine(choice.label, state, end_url, land_name(choice) if is_mapped else "", map_url)
