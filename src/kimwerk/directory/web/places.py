"""The municipalities of the Land."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Municipality, Organisation, Site
from kimwerk.directory.offers import facts_at
from kimwerk.directory.selectors import municipalities_matching
from kimwerk.directory.web.forms import MunicipalityFilter
from kimwerk.directory.web.pages import ListPage, MunicipalityPage
from kimwerk.kernel import german
from kimwerk.kernel.keys import Ags, Ars
from kimwerk.ui.components import Cell, Column, Crumb, Fact, Row, Table
from kimwerk.ui.listing import chips_of, paged, sort_key, with_sorting

COLUMNS = (
    Column(_("Municipality"), key="name"),
    Column(_("District"), key="district"),
    Column(_("Municipality key")),
    Column(_("Residents"), key="population", is_numeric=True),
)
ORDERS = {"name": "sort_key", "district": "district__sort_key", "population": "population"}


@needs(Permission.DIRECTORY_READ)
def municipalities(request: ActorRequest) -> HttpResponse:
    """The list of all municipalities."""
    form = MunicipalityFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    order = sort_key(request.GET, COLUMNS, default="name")
    field = ("-" if order.startswith("-") else "") + ORDERS[order.removeprefix("-")]
    found = municipalities_matching(chosen.get("q", ""), chosen.get("district")).order_by(field, "pk")
    listed = paged(found, request.GET)
    page = ListPage(
        title=_("Municipalities"),
        state=_("With their official keys, as the statistical offices list them"),
        filter=form,
        chips=chips_of(form, request.GET),
        table=Table(
            _("Municipalities"),
            with_sorting(COLUMNS, request.GET, default="name"),
            tuple(_row(place) for place in listed.items),
            is_caption_hidden=True,
        ),
        pagination=listed.pagination,
        reset_url=reverse("directory:municipalities"),
    )
    return render(request, "directory/list.html", {"page": page})


@needs(Permission.DIRECTORY_READ)
def municipality(request: ActorRequest, ags: str) -> HttpResponse:
    """One municipality: its keys, sites and organisations."""
    place = get_object_or_404(Municipality.objects.select_related("district"), ags=ags)
    today = timezone.localdate()
    sites = Site.objects.visible_to(request.actor).open(today).filter(municipality=place)
    organisations = Organisation.objects.visible_to(request.actor).existing(today).filter(municipality=place)
    page = MunicipalityPage(
        municipality=place,
        crumbs=(Crumb(_("Municipalities"), reverse("directory:municipalities")),),
        facts=(*_facts(place), *facts_at(request.actor, place)),
        sites=Table(
            _("Sites"),
            (Column(_("Site")), Column(_("Organisation"))),
            tuple(
                Row(
                    (
                        Cell(site.name, note=site.address),
                        Cell(site.organisation.name, _organisation_url(site.organisation_id)),
                    )
                )
                for site in sites.select_related("organisation").order_by("sort_key", "pk")
            ),
        ),
        organisations=Table(
            _("Organisations"),
            (Column(_("Organisation")), Column(_("Kind"))),
            tuple(
                Row((Cell(each.name, _organisation_url(each.pk)), Cell(each.get_kind_display())))
                for each in organisations.order_by("sort_key", "pk")
            ),
        ),
    )
    return render(request, "directory/municipality.html", {"page": page})


def _row(place: Municipality) -> Row:
    return Row(
        key=f"place-{place.ags}",
        cells=(
            Cell(place.name, reverse("directory:municipality", args=[place.ags])),
            Cell(place.district.name),
            Cell(Ags(place.ags).grouped),
            Cell(german.number(place.population) if place.population is not None else "–"),
        ),
    )


def _facts(place: Municipality) -> tuple[Fact, ...]:
    residents = Fact(_("Residents"))
    if place.population is not None and place.population_on is not None:
        residents = Fact(
            _("Residents"),
            german.number(place.population),
            note=_("on %(day)s; source: statistical offices, dl-de/by-2-0") % {"day": german.day(place.population_on)},
        )
    return (
        Fact(_("Official name"), place.official_name),
        Fact(_("District"), place.district.name),
        residents,
        Fact(_("Municipality key (AGS)"), Ags(place.ags).grouped),
        Fact(_("Regional key (ARS)"), Ars(place.ars).grouped),
    )


def _organisation_url(pk: int) -> str:
    return reverse("directory:organisation", args=[pk])
