"""Invitations of the foreigners' authority: appointments in series, letters, and who is registered."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.export import TakenOut
from kimwerk.arrivals.models import DeliveredRow, Invitation
from kimwerk.arrivals.selectors.households import Household, household_keys, households, series_of, uninvited
from kimwerk.arrivals.selectors.offices import Delivery
from kimwerk.arrivals.services import appoint_anew, invite, note_registered
from kimwerk.arrivals.types import OfficeKind, ReceiptKind
from kimwerk.arrivals.types import RegistrationField as F
from kimwerk.arrivals.web.office_forms import AppointmentForm, SeriesForm
from kimwerk.arrivals.web.pages import Errand, FormPage, Part, SheetPage
from kimwerk.arrivals.web.papers.invitation import print_invitations
from kimwerk.arrivals.web.views.office import received, to_list
from kimwerk.arrivals.web.views.taking_out import attached, note
from kimwerk.audit.services import record_read
from kimwerk.ui.components import Action, Badge, Cell, Column, Crumb, Fact, Row, Table, Tone
from kimwerk.ui.listing import paged
from kimwerk.ui.notices import notify

RECEIVE = Permission.REGISTRATION_RECEIVE
MOST_SERIES = 5


@require_GET
@needs(RECEIVE)
def invitations(request: ActorRequest, pk: int, occasion: int) -> HttpResponse:
    """Every household with its appointment."""
    delivery = _of_authority(request, pk, occasion)
    found = paged(household_keys(request.actor, delivery), request.GET)
    listed = households(request.actor, delivery, found.items)
    if listed:
        record_read(actor=request.actor, subject_type=DeliveredRow._meta.db_table, amount=len(listed))
    waiting = uninvited(request.actor, delivery).count()
    said = ngettext("%(count)s household has no appointment", "%(count)s households have no appointment", waiting)
    inviting = Action(_("Invite"), reverse("arrivals:invite", args=[pk, occasion]))
    page = SheetPage(
        title=_("Invitations"),
        state=said % {"count": waiting},
        crumbs=to_list(delivery),
        action=inviting if waiting else None,
        errands=_printing(request, delivery),
        parts=(_listed(listed),),
        pagination=found.pagination if listed else None,
    )
    return render(request, "arrivals/sheet.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(RECEIVE)
def begin(request: ActorRequest, pk: int, occasion: int) -> HttpResponse:
    """Give the next households an appointment."""
    delivery = _of_authority(request, pk, occasion)
    waiting = uninvited(request.actor, delivery).count()
    form = SeriesForm(request.POST if request.method == "POST" else None, waiting=waiting)
    back = reverse("arrivals:invitations", args=[pk, occasion])
    if request.method == "POST" and form.is_valid():
        made = invite(actor=request.actor, delivery=delivery, facts=form.facts())
        said = ngettext("%(count)s household is invited.", "%(count)s households are invited.", len(made))
        notify(request, said % {"count": len(made)})
        return redirect(back)
    crumbs = (*to_list(delivery), Crumb(_("Invitations"), back))
    lead = _("One appointment a household, in the order of registration, on working days without public holidays.")
    page = FormPage(_("Invite"), crumbs, (form,), _("Give appointments"), back, lead=lead)
    return render(request, "arrivals/form.html", {"page": page}, status=422 if form.errors else 200)


@require_POST
@needs(RECEIVE)
def letters(request: ActorRequest, pk: int, occasion: int) -> HttpResponse:
    """The letters of a series as one PDF. A POST, because it leaves a receipt."""
    delivery = _of_authority(request, pk, occasion)
    sent = request.POST.get("series", "")
    invited = series_of(request.actor, delivery, int(sent) if sent.isascii() and sent.isdecimal() else 0)
    if not invited:
        raise Http404
    content = print_invitations(delivery.contract.recipient.name, invited)
    taken = TakenOut(content, "application/pdf", sum(len(each.members) for each in invited))
    note(request, delivery, ReceiptKind.LETTERS, taken)
    return attached(taken, delivery, "pdf")


@require_GET
@needs(RECEIVE)
def invitation(request: ActorRequest, pk: int) -> HttpResponse:
    """One household with its appointment."""
    found = _seen(request, pk)
    delivery = _delivery_of(request, found)
    listed = households(request.actor, delivery, [found.household])
    record_read(actor=request.actor, subject_type=Invitation._meta.db_table, subject_id=str(pk))
    is_expected = found.registered_at is None
    came = Errand(_("Note as registered"), reverse("arrivals:note_registered", args=[pk]))
    anew = Action(_("New appointment"), reverse("arrivals:appoint_anew", args=[pk]))
    page = SheetPage(
        title=_names(listed[0]) if listed else _("Nothing is held of them any more"),
        state=_moment(found),
        crumbs=(
            *to_list(delivery),
            Crumb(_("Invitations"), reverse("arrivals:invitations", args=[delivery.contract.pk, found.occasion_id])),
        ),
        badge=_badge(found),
        action=anew if is_expected else None,
        errands=(came, _letter(delivery, found)) if is_expected else (),
        facts=(
            Fact(_("Appointment"), _moment(found)),
            Fact(_("Where"), found.place),
            *(Fact(_("Invited"), _names(each)) for each in listed),
        ),
    )
    return render(request, "arrivals/sheet.html", {"page": page})


@require_POST
@needs(RECEIVE)
def register(request: ActorRequest, pk: int) -> HttpResponse:
    """Note that a household came and is registered."""
    found = _seen(request, pk)
    note_registered(actor=request.actor, invitations=[found.pk])
    notify(request, _("Noted as registered."))
    return redirect("arrivals:invitation", pk)


@require_http_methods(["GET", "POST"])
@needs(RECEIVE)
def appoint(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a household another appointment."""
    found = _seen(request, pk)
    if found.registered_at is not None:
        raise Http404
    delivery = _delivery_of(request, found)
    form = AppointmentForm(request.POST if request.method == "POST" else None, invitation=found)
    back = reverse("arrivals:invitation", args=[pk])
    if request.method == "POST" and form.is_valid():
        appoint_anew(
            actor=request.actor, invitation=found, starts_at=form.starts_at(), place=form.cleaned_data["place"]
        )
        notify(request, _("The new appointment stands. Print its letter now."))
        return redirect(back)
    crumbs = (*to_list(delivery), Crumb(_moment(found), back))
    lead = _("Until now: %(moment)s. The new appointment gets a letter of its own.") % {"moment": _moment(found)}
    page = FormPage(_("New appointment"), crumbs, (form,), _("Save"), back, lead=lead)
    return render(request, "arrivals/form.html", {"page": page}, status=422 if form.errors else 200)


def _of_authority(request: ActorRequest, pk: int, occasion: int) -> Delivery:
    delivery = received(request, pk, occasion)
    if delivery.contract.kind != OfficeKind.FOREIGNERS_AUTHORITY:
        raise Http404
    return delivery


def _seen(request: ActorRequest, pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.visible_to(request.actor), pk=pk)


def _delivery_of(request: ActorRequest, found: Invitation) -> Delivery:
    contract = (
        DeliveredRow.objects.received_by(request.actor)
        .filter(occasion=found.occasion_id, recipient=found.recipient_id, kind=OfficeKind.FOREIGNERS_AUTHORITY.value)
        .order_by("-receipt")
        .values_list("receipt__contract", flat=True)
        .first()
    )
    return received(request, contract or 0, found.occasion_id)


def _printing(request: ActorRequest, delivery: Delivery) -> tuple[Errand, ...]:
    """The letters of each series of which somebody is still expected, the latest first."""
    found = Invitation.objects.visible_to(request.actor).filter(
        recipient=delivery.contract.recipient_id, occasion=delivery.occasion, registered_at__isnull=True
    )
    numbers = found.order_by("-series").values_list("series", flat=True).distinct()[:MOST_SERIES]
    url = reverse("arrivals:letters", args=[delivery.contract.pk, delivery.occasion.pk])
    return tuple(
        Errand(_("Print the letters of series %(number)s") % {"number": number}, url, (("series", str(number)),))
        for number in numbers
    )


def _letter(delivery: Delivery, found: Invitation) -> Errand:
    """The letters of the series that the appointment belongs to; a new appointment is a series of its own."""
    url = reverse("arrivals:letters", args=[delivery.contract.pk, delivery.occasion.pk])
    said = _("Print the letters of series %(number)s") % {"number": found.series}
    return Errand(said, url, (("series", str(found.series)),))


def _listed(listed: tuple[Household, ...]) -> Part:
    columns = (
        Column(_("Household")),
        Column(_("People"), is_numeric=True),
        Column(_("Appointment")),
        Column(_("State")),
    )
    rows = tuple(
        Row(
            (
                Cell(_names(each), _address(each)),
                Cell(str(len(each.members))),
                Cell(_moment(each.invitation) if each.invitation else ""),
                Cell(badge=_badge(each.invitation)),
            )
        )
        for each in listed
    )
    table = Table(_("Households"), columns, rows, is_caption_hidden=True)
    return Part("households", _("Households"), table, _("Nothing is held yet. Fetch first."))


def _address(household: Household) -> str:
    return reverse("arrivals:invitation", args=[household.invitation.pk]) if household.invitation else ""


def _names(household: Household) -> str:
    return "; ".join(
        f"{each.get(F.FAMILY_NAME) or ''}, {each.get(F.GIVEN_NAMES) or ''}".strip(", ") for each in household.members
    )


def _badge(found: Invitation | None) -> Badge:
    if found is None:
        return Badge(_("not invited"), Tone.WARNING)
    return Badge(_("registered"), Tone.SUCCESS) if found.registered_at else Badge(_("invited"), Tone.INFO)


def _moment(found: Invitation) -> str:
    return date_format(timezone.localtime(found.starts_at), "D, d.m.Y, H:i")
