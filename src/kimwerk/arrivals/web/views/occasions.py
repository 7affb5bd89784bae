"""Occasions: all with their numbers, opening, closing, and the curve."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.selectors.book import book_for
from kimwerk.activities.types import CategoryList
from kimwerk.arrivals.models import Occasion
from kimwerk.arrivals.policies import may_check
from kimwerk.arrivals.selectors.curve import Curve, curve_of
from kimwerk.arrivals.selectors.numbers import numbers_of
from kimwerk.arrivals.services import OccasionFacts, close_occasion, open_occasion, set_periods
from kimwerk.arrivals.types import CurveBy
from kimwerk.arrivals.web.forms import CloseForm, OccasionForm, PeriodsForm
from kimwerk.arrivals.web.pages import FormPage, Part, PartsPage
from kimwerk.arrivals.web.within import kept_occasion, seen_occasion, to_occasions, to_rows
from kimwerk.arrivals.web.wording import CURVES, curve_group, kept_text
from kimwerk.directory.models import Municipality
from kimwerk.kernel import german
from kimwerk.ui.components import Action, Badge, Cell, Column, NavItem, Row, Table, Tone
from kimwerk.ui.notices import notify

KEEP, CHECK = Permission.REGISTRATION_KEEP, Permission.REGISTRATION_CHECK


@require_GET
@needs(KEEP, CHECK)
def occasions(request: ActorRequest) -> HttpResponse:
    """All occasions with the numbers of each municipality's list."""
    found = Occasion.objects.visible_to(request.actor).order_by("-begins_on", "name")
    may_open = bool(request.actor.scope(CHECK).organisations)
    page = PartsPage(
        title=_("Registration lists"),
        state=_("newly arrived people, by occasion and municipality"),
        parts=tuple(_part(request, each) for each in found),
        action=Action(_("Open an occasion"), reverse("arrivals:open")) if may_open else None,
        empty_title=_("Here will be the lists of an occasion"),
        empty_text=_("The coordination opens an occasion; then families are registered for it."),
    )
    return render(request, "arrivals/parts.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(CHECK)
def begin(request: ActorRequest) -> HttpResponse:
    """Open an occasion."""
    home = min(request.actor.scope(CHECK).organisations, default=None)
    if home is None:
        raise Http404
    kinds = book_for(request.actor).of(CategoryList.KIND, on=timezone.localdate())
    form = OccasionForm(
        request.POST if request.method == "POST" else None, kinds=[(each.id, each.label) for each in kinds]
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if Occasion.objects.visible_to(request.actor).filter(organisation=home, name=given["name"]).exists():
            form.add_error("name", _("There is an occasion of this name already."))
        else:
            facts = OccasionFacts(
                home,
                given["name"],
                given["begins_on"],
                given["nationality"],
                given["kind"],
                given["hold_back_days"],
                given["keep_days"],
            )
            opened = open_occasion(actor=request.actor, facts=facts)
            notify(request, _("The lists are open."))
            return redirect("arrivals:rows", opened.pk)
    page = FormPage(_("Open an occasion"), to_occasions(), (form,), _("Open"), reverse("arrivals:occasions"))
    return render(request, "arrivals/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(CHECK)
def close(request: ActorRequest, pk: int) -> HttpResponse:
    """Close an occasion."""
    occasion = kept_occasion(request, pk)
    form = CloseForm(request.POST if request.method == "POST" else None, occasion=occasion)
    if request.method == "POST" and form.is_valid():
        close_occasion(actor=request.actor, occasion=occasion, on=form.cleaned_data["ends_on"])
        notify(request, _("From that day on nobody is registered any more."))
        return redirect("arrivals:rows", pk)
    page = FormPage(
        _("Close the occasion"),
        to_rows(occasion),
        (form,),
        _("Close"),
        reverse("arrivals:rows", args=[pk]),
        _("Rows can still be corrected, checked and released. The time until they are erased begins on that day."),
    )
    return render(request, "arrivals/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(CHECK)
def periods(request: ActorRequest, pk: int) -> HttpResponse:
    """For how long checked rows are held back, and for how long the lists are kept."""
    occasion = kept_occasion(request, pk)
    form = PeriodsForm(request.POST if request.method == "POST" else None, occasion=occasion)
    if request.method == "POST" and form.is_valid():
        set_periods(actor=request.actor, occasion=occasion, **form.cleaned_data)
        notify(request, _("The periods are set."))
        return redirect("arrivals:rows", pk)
    page = FormPage(
        _("Periods"),
        to_rows(occasion),
        (form,),
        _("Save"),
        reverse("arrivals:rows", args=[pk]),
        lead=kept_text(occasion) or _("The time until the lists are erased begins on the day the occasion ends."),
    )
    return render(request, "arrivals/form.html", {"page": page}, status=422 if form.errors else 200)


@require_GET
@needs(KEEP, CHECK)
def curve(request: ActorRequest, pk: int) -> HttpResponse:
    """Registrations by calendar week and cumulated."""
    occasion = seen_occasion(request, pk)
    asked = request.GET.get("by", "")
    by = CurveBy(asked) if asked in set(CurveBy) else None
    address = reverse("arrivals:curve", args=[pk])
    ways = ((None, _("Everybody")), *CURVES.items())
    page = PartsPage(
        title=_("Registrations by week"),
        state=_("Counted is the day of registration. Rows set aside as doubles do not count."),
        parts=(
            Part(
                "weeks",
                occasion.name,
                _curve_table(curve_of(request.actor, occasion, by), by),
                _("Nobody is registered yet."),
                tuple(
                    NavItem(title, f"{address}?by={each}" if each else address, "", each is by) for each, title in ways
                ),
            ),
        ),
        crumbs=to_rows(occasion),
    )
    return render(request, "arrivals/parts.html", {"page": page})


def _curve_table(curve: Curve, by: CurveBy | None) -> Table:
    columns = (
        Column(_("Calendar week")),
        Column(_("From")),
        *(Column(curve_group(by, group), is_numeric=True) for group in curve.groups),
        Column(_("Registered"), is_numeric=True),
        Column(_("All until then"), is_numeric=True),
    )
    incomplete = Badge(_("week not complete"), Tone.INFO)
    rows = tuple(
        Row(
            (
                Cell(week.label, badge=incomplete if week.is_incomplete else None),
                Cell(german.day(week.monday)),
                *(Cell(german.number(week.groups.get(group, 0))) for group in curve.groups),
                Cell(german.number(week.count)),
                Cell(german.number(week.cumulated)),
            )
        )
        for week in curve.weeks
    )
    return Table(_("Registrations by week"), columns, rows, is_caption_hidden=True)


def _part(request: ActorRequest, occasion: Occasion) -> Part:
    numbers = numbers_of(request.actor, occasion)
    address = reverse("arrivals:rows", args=[occasion.pk])
    columns = (Column(_("Municipality")), *(Column(title, is_numeric=True) for title in _columns()))
    rows = tuple(
        Row(
            (
                Cell(place.name, f"{address}?place={place.pk}"),
                *(
                    Cell(german.number(each))
                    for each in (
                        numbers[place.pk].all,
                        numbers[place.pk].awaiting,
                        numbers[place.pk].checked,
                        numbers[place.pk].released,
                    )
                ),
            )
        )
        for place in Municipality.objects.filter(pk__in=numbers).order_by("sort_key")
    )
    links = [NavItem(_("All rows"), address), NavItem(_("By week"), reverse("arrivals:curve", args=[occasion.pk]))]
    if may_check(request.actor, occasion.organisation_id) and occasion.ends_on is None:
        links.append(NavItem(_("Close the occasion"), reverse("arrivals:close", args=[occasion.pk])))
    if Occasion.objects.checked_by(request.actor).to_be_erased(timezone.localdate()).filter(pk=occasion.pk).exists():
        links.append(NavItem(_("Erase the lists"), reverse("arrivals:erase", args=[occasion.pk])))
    table = Table(occasion.name, columns, rows, is_caption_hidden=True)
    return Part(f"occasion-{occasion.pk}", occasion.name, table, _("Nobody is registered yet."), tuple(links))


def _columns() -> tuple[str, ...]:
    return _("Registered"), _("To check"), _("Checked, not released"), _("Released")
