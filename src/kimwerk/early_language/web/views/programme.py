"""Offers, enquiries, and what was done."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.directory.selectors import organisations_matching
from kimwerk.early_language.models import Deed, Enquiry, Kindergarten, Offer
from kimwerk.early_language.selectors.kindergartens import places_of
from kimwerk.early_language.selectors.programme import (
    deeds_for,
    enquiries_for,
    offers_for,
    open_offers,
    trainings_of,
)
from kimwerk.early_language.services import keep_deed, keep_offer, note_enquiry, remove_deed, settle_enquiry
from kimwerk.early_language.web.forms import (
    DeedFilter,
    DeedForm,
    EnquiryFilter,
    EnquiryForm,
    OfferForm,
    SettleForm,
)
from kimwerk.early_language.web.within import (
    KEEP,
    READ,
    ask,
    done,
    enquiry_badge,
    home_of,
    kept_kindergarten,
    to_kindergarten,
    to_list,
)
from kimwerk.kernel import german
from kimwerk.ui.components import Action, Badge, Cell, Column, Row, Table, Tone
from kimwerk.ui.listing import chips_of, paged
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import ListPage

NO_CHILDREN = _("Numbers only. Never enter data of a child: there is no field for them, and there must be none.")


@require_GET
@needs(READ)
def enquiries(request: ActorRequest) -> HttpResponse:
    """Everything kindergartens asked for, the newest first."""
    form = EnquiryFilter(request.GET, places=places_of(request.actor), offers=offers_for(request.actor))
    found = paged(enquiries_for(request.actor, form.wish), request.GET)
    page = ListPage(
        title=_("Enquiries of kindergartens"),
        state=_("the newest first"),
        action=None,
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("early_language:enquiries"),
        links=(),
        table=_enquiry_table(found.items, keeps=request.actor.can(KEEP)),
        pagination=found.pagination,
        empty_title=_("No enquiry yet"),
        empty_text=_("Note on the page of a kindergarten what it asks for."),
    )
    return render(request, "early_language/list.html", {"page": page})


@needs(KEEP)
def ask_for(request: ActorRequest, pk: int) -> HttpResponse:
    """Note what a kindergarten asks for."""
    kept = kept_kindergarten(request, pk)
    today = timezone.localdate()
    form = EnquiryForm(request.POST or None, offers=open_offers(kept.organisation_id, today))
    if form.is_valid():
        home, facts = kept.organisation_id, form.facts_for(kept)
        answer = done(
            request,
            form,
            lambda: note_enquiry(actor=request.actor, organisation_id=home, facts=facts, today=today),
            _("The enquiry is noted."),
            reverse("early_language:kindergarten", args=[pk]),
        )
        if answer:
            return answer
    return ask(request, _("Note an enquiry"), to_kindergarten(kept), form)


@needs(KEEP)
def settle(request: ActorRequest, pk: int) -> HttpResponse:
    """Note what becomes of an enquiry."""
    found = Enquiry.objects.kept_by(request.actor).select_related("kindergarten", "offer")
    kept = get_object_or_404(found, pk=pk)
    form = SettleForm(request.POST or None, enquiry=kept, events=trainings_of(kept.organisation_id))
    if form.is_valid():
        step, today = form.step, timezone.localdate()
        answer = done(
            request,
            form,
            lambda: settle_enquiry(actor=request.actor, enquiry=kept, step=step, today=today),
            _("It is noted what becomes of the enquiry."),
            reverse("early_language:kindergarten", args=[kept.kindergarten_id]),
        )
        if answer:
            return answer
    return ask(request, kept.offer.title, to_kindergarten(kept.kindergarten), form)


@require_GET
@needs(READ)
def deeds(request: ActorRequest) -> HttpResponse:
    """What was done, the latest first."""
    form = DeedFilter(request.GET, places=places_of(request.actor))
    found = paged(deeds_for(request.actor, form.wish), request.GET)
    keeps = request.actor.can(KEEP)
    note = Action(_("Note what was done"), reverse("early_language:note_deed"), "add", is_new_entry=True)
    page = ListPage(
        title=_("Language programme: what was done"),
        state=_("visits, counselling and talks, the latest first; trainings stand among the events"),
        action=note if keeps else None,
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("early_language:deeds"),
        links=(),
        table=_deed_table(found.items, keeps=keeps),
        pagination=found.pagination,
        empty_title=_("Nothing is noted yet"),
        empty_text=_("Note visits, counselling and talks as numbers. Never enter data of a child."),
    )
    return render(request, "early_language/list.html", {"page": page})


@needs(KEEP)
def note_deed(request: ActorRequest) -> HttpResponse:
    """Note what was done."""
    return _keep_deed(request, None)


@needs(KEEP)
def change_deed(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct what was noted."""
    return _keep_deed(request, get_object_or_404(Deed.objects.kept_by(request.actor), pk=pk))


@require_POST
@needs(KEEP)
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take out what was noted by mistake."""
    remove_deed(actor=request.actor, deed=get_object_or_404(Deed.objects.kept_by(request.actor), pk=pk))
    notify(request, _("It is taken out."))
    return redirect("early_language:deeds")


@require_GET
@needs(READ)
def offers(request: ActorRequest) -> HttpResponse:
    """What kindergartens may ask for."""
    found = paged(offers_for(request.actor), request.GET)
    keeps = request.actor.can(KEEP)
    page = ListPage(
        title=_("Language programme: offers"),
        state=_("what kindergartens may ask for"),
        action=Action(_("Enter an offer"), reverse("early_language:add_offer"), "add") if keeps else None,
        filter=None,
        chips=(),
        reset_url="",
        links=(),
        table=_offer_table(found.items, keeps=keeps),
        pagination=found.pagination,
        empty_title=_("No offer yet"),
        empty_text=_("Enter trainings, visits and counselling, so that enquiries can be noted."),
    )
    return render(request, "early_language/list.html", {"page": page})


@needs(KEEP)
def new_offer(request: ActorRequest) -> HttpResponse:
    """Enter an offer."""
    return _keep_offer(request, None)


@needs(KEEP)
def change_offer(request: ActorRequest, pk: int) -> HttpResponse:
    """Change an offer, or end it."""
    return _keep_offer(request, get_object_or_404(Offer.objects.kept_by(request.actor), pk=pk))


def _keep_deed(request: ActorRequest, kept: Deed | None) -> HttpResponse:
    form = DeedForm(
        request.POST or None,
        kindergartens=Kindergarten.objects.kept_by(request.actor).select_related("municipality").order_by("name", "pk"),
        places=places_of(request.actor),
        partners=organisations_matching(request.actor).order_by("sort_key"),
        deed=kept,
    )
    if form.is_valid():
        home, facts, today = kept.organisation_id if kept else home_of(request), form.facts, timezone.localdate()
        answer = done(
            request,
            form,
            lambda: keep_deed(actor=request.actor, organisation_id=home, facts=facts, today=today, deed=kept),
            _("It is noted."),
            reverse("early_language:deeds"),
        )
        if answer:
            return answer
    title = _("Correct what was noted") if kept else _("Note what was done")
    remove_url = reverse("early_language:remove_deed", args=[kept.pk]) if kept else ""
    crumbs = to_list("deeds", _("Language programme: what was done"))
    return ask(request, title, crumbs, form, lead=NO_CHILDREN, draft="language-deed", remove_url=remove_url)


def _keep_offer(request: ActorRequest, kept: Offer | None) -> HttpResponse:
    form = OfferForm(request.POST or None, offer=kept)
    if form.is_valid():
        home, facts = kept.organisation_id if kept else home_of(request), form.facts
        answer = done(
            request,
            form,
            lambda: keep_offer(actor=request.actor, organisation_id=home, facts=facts, offer=kept),
            _("The offer is kept."),
            reverse("early_language:offers"),
        )
        if answer:
            return answer
    title = _("Change the offer") if kept else _("Enter an offer")
    return ask(request, title, to_list("offers", _("Language programme: offers")), form)


def _enquiry_table(found: tuple[Enquiry, ...], *, keeps: bool) -> Table:
    columns = (
        Column(_("Kindergarten")), Column(_("Offer")), Column(_("Asked on")), Column(_("What became of it")),
        Column(_("Day")),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(
                    each.kindergarten.name,
                    reverse("early_language:kindergarten", args=[each.kindergarten_id]),
                    note=each.kindergarten.municipality.name,
                ),
                Cell(
                    each.offer.title,
                    reverse("early_language:settle", args=[each.pk]) if keeps and each.is_running else "",
                    note=each.event.title if each.event else "",
                ),
                Cell(german.day(each.asked_on), note=each.get_via_display()),
                Cell(badge=enquiry_badge(each)),
                Cell(german.day(each.day) if each.day else "–"),
            ),
            key=str(each.pk),
        )
        for each in found
    )
    return Table(_("Enquiries of kindergartens"), columns, rows, is_caption_hidden=True)


def _deed_table(found: tuple[Deed, ...], *, keeps: bool) -> Table:
    columns = (
        Column(_("Sort of work")), Column(_("Day")), Column(_("Where, with whom")),
        Column(_("How often"), is_numeric=True), Column(_("Adults who were reached"), is_numeric=True),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(
                    each.get_kind_display(),
                    reverse("early_language:change_deed", args=[each.pk]) if keeps else "",
                    note=each.done_by.display_name,
                ),
                Cell(german.day(each.day)),
                Cell(_where(each), note=each.legal_circle.label if each.legal_circle else ""),
                Cell(german.number(each.times)),
                Cell(german.number(each.adults)),
            ),
            key=str(each.pk),
        )
        for each in found
    )
    return Table(_("Language programme: what was done"), columns, rows, is_caption_hidden=True)


def _where(deed: Deed) -> str:
    named = (deed.partner, deed.kindergarten, deed.municipality)
    return ", ".join(str(each) for each in named if each) or gettext("not recorded")


def _offer_table(found: tuple[Offer, ...], *, keeps: bool) -> Table:
    columns = (Column(_("Offer")), Column(_("For whom")), Column(_("State")))
    rows = tuple(
        Row(
            (
                Cell(
                    each.title,
                    reverse("early_language:change_offer", args=[each.pk]) if keeps else "",
                    note=each.text,
                ),
                Cell(each.get_audience_display()),
                Cell(badge=_offer_badge(each)),
            ),
            key=str(each.pk),
        )
        for each in found
    )
    return Table(_("Language programme: offers"), columns, rows, is_caption_hidden=True)


def _offer_badge(offer: Offer) -> Badge:
    if offer.ended_on:
        return Badge(gettext("ended on %(day)s") % {"day": german.day(offer.ended_on)})
    return Badge(_("is offered"), Tone.SUCCESS)
