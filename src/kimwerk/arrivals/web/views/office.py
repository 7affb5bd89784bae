"""What an office has of the lists: fetching, what it holds, and the receipts that both sides see."""

from __future__ import annotations

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.export import WRITERS
from kimwerk.arrivals.models import DeliveredRow, Receipt
from kimwerk.arrivals.policies import may_receive
from kimwerk.arrivals.selectors.offices import (
    Delivery,
    deliveries_of,
    delivery_of,
    held_rows,
    owed_to,
    receipts_of,
    rows_of_receipt,
)
from kimwerk.arrivals.services import ContractRefused, fetch_rows
from kimwerk.arrivals.types import Change, OfficeKind, ReceiptKind
from kimwerk.arrivals.web.delivered import rows_table
from kimwerk.arrivals.web.pages import Errand, Part, SheetPage
from kimwerk.arrivals.web.wording import CHANGES, CONTRACT_PROBLEMS, OFFICES, RECEIPTS, columns_text
from kimwerk.audit.services import record_read
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Cell, Column, Crumb, Fact, NavItem, Row, Table
from kimwerk.ui.listing import paged
from kimwerk.ui.notices import notify

RECEIVE, CHECK = Permission.REGISTRATION_RECEIVE, Permission.REGISTRATION_CHECK


@require_GET
@needs(RECEIVE)
def lists(request: ActorRequest) -> HttpResponse:
    """Every list of one's office, with what is held of it."""
    columns = (
        Column(_("List")),
        Column(_("Rows held"), is_numeric=True),
        Column(_("To fetch"), is_numeric=True),
        Column(_("Last fetch")),
    )
    rows = tuple(
        Row(
            (
                Cell(each.occasion.name, address_of(each), note=f"{OFFICES[OfficeKind(each.contract.kind)]}"),
                Cell(str(each.held)),
                Cell(str(owed_to(each))),
                Cell(_moment(each.last) if each.last else _("never")),
            )
        )
        for each in deliveries_of(request.actor)
    )
    empty = _("As soon as what your office needs is in force, its lists stand here. Say first what you need.")
    page = SheetPage(
        title=_("Lists for our office"),
        state=_("Released rows in the columns that your office may have. What you fetch stays noted."),
        crumbs=(),
        links=(
            NavItem(_("What the offices need"), reverse("arrivals:contracts")),
            NavItem(_("Receipts"), reverse("arrivals:receipts")),
        ),
        parts=(Part("lists", _("Lists"), Table(_("Lists"), columns, rows, is_caption_hidden=True), empty),),
    )
    return render(request, "arrivals/sheet.html", {"page": page})


@require_GET
@needs(RECEIVE)
def held(request: ActorRequest, pk: int, occasion: int) -> HttpResponse:
    """What the office holds of a list, with what came new or changed with the last fetch."""
    delivery = received(request, pk, occasion)
    found = paged(held_rows(request.actor, delivery), request.GET)
    if found.items:
        record_read(actor=request.actor, subject_type=DeliveredRow._meta.db_table, amount=len(found.items))
    last = delivery.last.pk if delivery.last else 0
    marks = {each.registration_id: Change(each.change) for each in found.items if each.receipt_id == last}
    page = SheetPage(
        title=delivery.occasion.name,
        state=OFFICES[OfficeKind(delivery.contract.kind)],
        crumbs=to_lists(),
        links=_links(delivery),
        errands=_errands(delivery),
        facts=(
            Fact(_("Columns"), columns_text(delivery.contract.columns)),
            Fact(_("Last fetch"), _moment(delivery.last) if delivery.last else _("never")),
        ),
        parts=(
            Part(
                "rows",
                _("Rows held"),
                rows_table(found.items, delivery.contract.columns, marks),
                _("Nothing fetched yet. Fetch what the coordination has released."),
            ),
        ),
        pagination=found.pagination if found.items else None,
    )
    return render(request, "arrivals/sheet.html", {"page": page})


@require_POST
@needs(RECEIVE)
def fetch(request: ActorRequest, pk: int, occasion: int) -> HttpResponse:
    """Fetch what the office has not got yet."""
    delivery = received(request, pk, occasion)
    try:
        receipt = fetch_rows(actor=request.actor, contract=delivery.contract, occasion=delivery.occasion)
    except ContractRefused as refused:
        notify(request, str(CONTRACT_PROBLEMS[str(refused)]))
        return redirect(address_of(delivery))
    if receipt is None:
        notify(request, _("Nothing is new or changed since your last fetch."))
        return redirect(address_of(delivery))
    said = ngettext("%(count)s row is fetched.", "%(count)s rows are fetched.", receipt.row_count)
    notify(request, said % {"count": receipt.row_count})
    return redirect("arrivals:receipt", receipt.pk)


@require_GET
@needs(RECEIVE, CHECK)
def receipts(request: ActorRequest) -> HttpResponse:
    """Which office fetched or took out how many rows when."""
    found = paged(receipts_of(request.actor), request.GET)
    columns = (
        Column(_("When")), Column(_("Office")), Column(_("List")), Column(_("What")),
        Column(_("Rows"), is_numeric=True), Column(_("By")),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(_moment(each), address_of_record("arrivals:receipt", each.pk)),
                Cell(each.recipient.name),
                Cell(each.occasion.name),
                Cell(RECEIPTS[ReceiptKind(each.kind)]),
                Cell(str(each.row_count)),
                Cell(each.made_by.display_name),
            )
        )
        for each in found.items
    )
    table = Table(_("Receipts"), columns, rows, is_caption_hidden=True)
    empty = _("As soon as an office fetches released rows, it stands here with day, hour and name.")
    page = SheetPage(
        title=_("Receipts"),
        state=_("Which office had which rows when. Nothing of it can be changed."),
        crumbs=(),
        parts=(Part("receipts", _("All receipts"), table, empty),),
        pagination=found.pagination if rows else None,
    )
    return render(request, "arrivals/sheet.html", {"page": page})


@require_GET
@needs(RECEIVE, CHECK)
def receipt(request: ActorRequest, pk: int) -> HttpResponse:
    """One receipt with its rows, as they went."""
    found = get_object_or_404(receipts_of(request.actor).select_related("disclosure__statutory_basis"), pk=pk)
    rows = paged(rows_of_receipt(request.actor, found), request.GET)
    if rows.items:
        record_read(actor=request.actor, subject_type=DeliveredRow._meta.db_table, amount=len(rows.items))
    page = SheetPage(
        title=_("%(what)s on %(day)s") % {"what": found.recipient.name, "day": _moment(found)},
        state=f"{found.occasion.name}: {RECEIPTS[ReceiptKind(found.kind)]}",
        crumbs=(Crumb(_("Receipts"), reverse("arrivals:receipts")),),
        links=_back_to_list(request, found),
        facts=_facts(request, found),
        parts=(Part("rows", _("Rows"), rows_table(rows.items, found.contract.columns)),) if rows.items else (),
        pagination=rows.pagination if rows.items else None,
    )
    return render(request, "arrivals/sheet.html", {"page": page})


def received(request: ActorRequest, pk: int, occasion: int) -> Delivery:
    """A list of one's office; 404 for anybody else."""
    found = delivery_of(request.actor, pk, occasion)
    if found is None:
        raise Http404
    return found


def address_of(delivery: Delivery) -> str:
    """Where what the office holds of a list stands."""
    return reverse("arrivals:held", args=[delivery.contract.pk, delivery.occasion.pk])


def to_lists() -> tuple[Crumb, ...]:
    """The way to the lists of one's office."""
    return (Crumb(_("Lists for our office"), reverse("arrivals:office")),)


def to_list(delivery: Delivery) -> tuple[Crumb, ...]:
    """The way to what the office holds of a list."""
    return (*to_lists(), Crumb(delivery.occasion.name, address_of(delivery)))


def _links(delivery: Delivery) -> tuple[NavItem, ...]:
    last = (
        (NavItem(_("What came last"), reverse("arrivals:receipt", args=[delivery.last.pk])),) if delivery.last else ()
    )
    described = reverse("arrivals:table_schema", args=[delivery.contract.pk])
    return (
        *_work(delivery),
        *last,
        NavItem(_("Receipts"), reverse("arrivals:receipts")),
        NavItem(_("What the columns of the files mean (Table Schema)"), described),
    )


def _work(delivery: Delivery) -> tuple[NavItem, ...]:
    """What the office does with what it holds."""
    keys = [delivery.contract.pk, delivery.occasion.pk]
    if delivery.contract.kind == OfficeKind.FOREIGNERS_AUTHORITY:
        return (NavItem(_("Invitations"), reverse("arrivals:invitations", args=keys)),)
    return (NavItem(_("Places for children"), reverse("arrivals:places", args=keys)),)


def _errands(delivery: Delivery) -> tuple[Errand, ...]:
    keys = [delivery.contract.pk, delivery.occasion.pk]
    fetching = Errand(_("Fetch what is new"), reverse("arrivals:fetch", args=keys))
    if not delivery.held:
        return (fetching,)
    return (
        fetching,
        *(
            Errand(
                _("Take out as %(form)s") % {"form": kind.value.upper()},
                reverse("arrivals:take_out", args=[*keys, kind.value]),
            )
            for kind in WRITERS
        ),
    )


def _back_to_list(request: ActorRequest, found: Receipt) -> tuple[NavItem, ...]:
    if not may_receive(request.actor, found.recipient_id):
        return ()
    return (NavItem(_("What we hold"), reverse("arrivals:held", args=[found.contract_id, found.occasion_id])),)


def _facts(request: ActorRequest, found: Receipt) -> tuple[Fact, ...]:
    rows = rows_of_receipt(request.actor, found).order_by()
    counted = dict(rows.values_list("change").annotate(count=Count("pk")))
    changes = [f"{counted[change]} {CHANGES[change].label}" for change in Change if change in counted]
    by_law = found.disclosure.statutory_basis if found.disclosure else found.contract.statutory_basis
    return (
        Fact(_("Rows"), str(found.row_count), note=", ".join(changes)),
        Fact(_("By"), found.made_by.display_name),
        Fact(_("Law"), str(by_law)),
        Fact(_("What for"), found.contract.purpose.label),
        Fact(_("Proof (SHA-256)"), found.content_hash),
    )


def _moment(found: Receipt) -> str:
    return date_format(timezone.localtime(found.made_at), "d.m.Y, H:i")
