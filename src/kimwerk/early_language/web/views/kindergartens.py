"""Kindergartens: the list, and one of them with what it asked for and what was done there."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.early_language.models import Deed, Enquiry, Kindergarten
from kimwerk.early_language.policies import may_keep
from kimwerk.early_language.selectors.kindergartens import (
    kindergartens_for,
    places_of,
    running_enquiries,
    surveys_of,
)
from kimwerk.early_language.services import keep_kindergarten
from kimwerk.early_language.web.forms import KindergartenFilter, KindergartenForm
from kimwerk.early_language.web.pages import KindergartenPage, Part
from kimwerk.early_language.web.within import (
    KEEP,
    READ,
    ask,
    done,
    enquiry_badge,
    home_of,
    kept_kindergarten,
    seen_kindergarten,
    to_kindergarten,
    to_list,
)
from kimwerk.kernel import german
from kimwerk.surveys.models import Invitation
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Fact, NavItem, Row, Table, Tone
from kimwerk.ui.listing import chips_of, paged
from kimwerk.ui.pages import ListPage

NO_CHILDREN = _("Only houses and carriers stand here. Never enter data of a child, of parents or of a single family.")


@require_GET
@needs(READ)
def kindergartens(request: ActorRequest) -> HttpResponse:
    """All kindergartens, by name."""
    form = KindergartenFilter(request.GET, places=places_of(request.actor))
    found = paged(kindergartens_for(request.actor, form.wish), request.GET)
    keeps = request.actor.can(KEEP)
    enter_action = Action(_("Enter a kindergarten"), reverse("early_language:enter"), "add", is_new_entry=True)
    page = ListPage(
        title=_("Kindergartens"),
        state=_("with what they ask the language programme for"),
        action=enter_action if keeps else None,
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("early_language:kindergartens"),
        links=(),
        table=_table(list(found.items)),
        pagination=found.pagination,
        empty_title=_("No kindergarten yet"),
        empty_text=_("Enter the kindergartens of the county. A survey can then ask all of them."),
    )
    return render(request, "early_language/list.html", {"page": page})


@require_GET
@needs(READ)
def kindergarten(request: ActorRequest, pk: int) -> HttpResponse:
    """One kindergarten: what it asked for, what was done there, which surveys it answered."""
    seen = seen_kindergarten(request, pk)
    keeps = may_keep(request.actor, seen.organisation_id)
    ask_action = Action(_("Note an enquiry"), reverse("early_language:ask_for", args=[pk]), "add")
    enquiries = Enquiry.objects.visible_to(request.actor).filter(kindergarten=seen).select_related("offer")
    deeds = Deed.objects.visible_to(request.actor).filter(kindergarten=seen).order_by("-day", "-pk")
    page = KindergartenPage(
        title=seen.name,
        state=seen.carrier,
        badge=Badge(_("federal language programme"), Tone.INFO) if seen.is_language_kindergarten else None,
        crumbs=to_list("kindergartens", _("Kindergartens")),
        action=ask_action if keeps and not seen.closed_on else None,
        links=(NavItem(_("Change the kindergarten"), reverse("early_language:change", args=[pk])),) if keeps else (),
        facts=_facts(seen),
        parts=(
            _enquired(list(enquiries.order_by("-asked_on", "-pk")), keeps=keeps),
            _done(list(deeds)),
            _asked(surveys_of(request.actor, seen)),
        ),
    )
    return render(request, "early_language/kindergarten.html", {"page": page})


@needs(KEEP)
def enter(request: ActorRequest) -> HttpResponse:
    """Enter a kindergarten."""
    return _keep(request, None)


@needs(KEEP)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Change a kindergarten."""
    return _keep(request, kept_kindergarten(request, pk))


def _keep(request: ActorRequest, kept: Kindergarten | None) -> HttpResponse:
    form = KindergartenForm(request.POST or None, places=places_of(request.actor), kindergarten=kept)
    if form.is_valid():
        home = kept.organisation_id if kept else home_of(request)
        answer = done(
            request,
            form,
            lambda: keep_kindergarten(actor=request.actor, organisation_id=home, facts=form.facts, kindergarten=kept),
            _("The kindergarten is kept."),
            reverse("early_language:kindergarten", args=[kept.pk]) if kept else reverse("early_language:kindergartens"),
        )
        if answer:
            return answer
    title = _("Change the kindergarten") if kept else _("Enter a kindergarten")
    crumbs = to_kindergarten(kept) if kept else to_list("kindergartens", _("Kindergartens"))
    return ask(request, title, crumbs, form, lead=NO_CHILDREN)


def _table(found: list[Kindergarten]) -> Table:
    running = running_enquiries(found)
    columns = (
        Column(_("Name of the kindergarten")), Column(_("Carrier")), Column(_("Municipality")),
        Column(_("Places of the kindergarten"), is_numeric=True), Column(_("Running enquiries"), is_numeric=True),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(
                    each.name,
                    reverse("early_language:kindergarten", args=[each.pk]),
                    note=_("federal language programme") if each.is_language_kindergarten else "",
                ),
                Cell(each.carrier),
                Cell(each.municipality.name),
                Cell(german.number(each.places) if each.places else "–"),
                Cell(german.number(running.get(each.pk, 0))),
            ),
            key=str(each.pk),
        )
        for each in found
    )
    return Table(_("Kindergartens"), columns, rows, is_caption_hidden=True)


def _facts(seen: Kindergarten) -> tuple[Fact, ...]:
    return (
        Fact(_("Carrier"), seen.carrier),
        Fact(_("Municipality"), seen.municipality.name),
        Fact(_("Address of the house"), seen.address),
        Fact(_("E-mail"), seen.email),
        Fact(_("Groups of the kindergarten"), german.number(seen.groups) if seen.groups else ""),
        Fact(_("Places of the kindergarten"), german.number(seen.places) if seen.places else ""),
        *([Fact(_("Kindergarten closed on"), german.day(seen.closed_on))] if seen.closed_on else []),
    )


def _enquired(found: list[Enquiry], *, keeps: bool) -> Part:
    title = _("What it asked for")
    columns = (Column(_("Offer")), Column(_("Asked on")), Column(_("What became of it")), Column(_("Day")))
    rows = tuple(
        Row(
            (
                Cell(
                    each.offer.title,
                    reverse("early_language:settle", args=[each.pk]) if keeps and each.is_running else "",
                ),
                Cell(german.day(each.asked_on), note=each.get_via_display()),
                Cell(badge=enquiry_badge(each)),
                Cell(german.day(each.day) if each.day else "–"),
            )
        )
        for each in found
    )
    return Part("enquiries", title, Table(title, columns, rows, is_caption_hidden=True), _("It asked for nothing yet."))


def _done(found: list[Deed]) -> Part:
    title = _("What was done there")
    columns = (
        Column(_("Sort of work")), Column(_("Day")), Column(_("How often"), is_numeric=True),
        Column(_("Adults who were reached"), is_numeric=True),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(each.get_kind_display()),
                Cell(german.day(each.day)),
                Cell(german.number(each.times)),
                Cell(german.number(each.adults)),
            )
        )
        for each in found
    )
    return Part("deeds", title, Table(title, columns, rows, is_caption_hidden=True), _("Nothing is noted yet."))


def _asked(found: list[Invitation]) -> Part:
    title = _("Surveys")
    columns = (Column(_("Survey")), Column(_("Return")))
    rows = tuple(
        Row(
            (
                Cell(each.survey.title, address_of_record("surveys:survey", each.survey_id)),
                Cell(badge=Badge(_("answered"), Tone.SUCCESS) if each.answered_on else Badge(_("no answer yet"))),
            )
        )
        for each in found
    )
    return Part("surveys", title, Table(title, columns, rows, is_caption_hidden=True), _("No survey asked it yet."))
