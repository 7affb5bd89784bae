"""Budget execution: plan against bookings, the forecast, calls for funds, and bringing in bookings."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.finance.booking_file import NoBookings
from kimwerk.finance.booking_words import refusal_of_file, refusal_of_row
from kimwerk.finance.calculation.execution import Execution, LineExecution, callable_now
from kimwerk.finance.calculation.lines import Side
from kimwerk.finance.models import BookingUpload, CostPlan, FundsCall
from kimwerk.finance.selectors.execution import execution
from kimwerk.finance.selectors.plans import plan_inputs
from kimwerk.finance.services.bookings import (
    AlreadyApplied,
    apply_upload,
    discard_upload,
    note_call,
    read_upload,
)
from kimwerk.finance.types import SideLabel
from kimwerk.finance.web.budget_forms import LARGEST_MIB, CallForm, UploadForm
from kimwerk.finance.web.forms import YearForm
from kimwerk.finance.web.pages import PartsPage, UploadPage
from kimwerk.finance.web.within import (
    HIDDEN,
    ask,
    ask_again,
    kept_plan,
    may_keep,
    of_kept_plan,
    readable_plan,
    tabs_of,
    to_plan,
    to_plans,
    years_of,
)
from kimwerk.finance.wording import euro
from kimwerk.kernel import german
from kimwerk.kernel.money import Money
from kimwerk.staffing.web.pages import Part
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Cell, Column, Fact, NavItem, Row, Table, Tile
from kimwerk.ui.notices import notify
from kimwerk.ui.uploads import is_too_large

MIB = 1024 * 1024


@needs(Permission.FINANCE_READ)
def execute(request: ActorRequest, pk: int) -> HttpResponse:
    """A year of a plan against what was booked."""
    found = readable_plan(request, pk)
    inputs = plan_inputs(request.actor, found)
    asked = YearForm(request.GET, found.years)
    year, keeps = asked.chosen, may_keep(request.actor, found)
    done = execution(inputs, year)
    calls = list(FundsCall.objects.filter(line__plan=found, year=year).select_related("line"))
    query = f"?year={year}"
    page = PartsPage(
        title=_("Execution"),
        state=f"{found.title} · {years_of(found)}",
        crumbs=to_plans(),
        tabs=tabs_of(request.actor, found, "execution"),
        action=Action(_("Read bookings"), reverse("finance:upload_bookings", args=[pk]) + query) if keeps else None,
        filter=asked,
        reset_url=reverse("finance:execution", args=[pk]),
        hidden="" if inputs.shows_lines else HIDDEN,
        tiles=_tiles(done) if inputs.shows_lines else (),
        links=(NavItem(_("Note a call for funds"), reverse("finance:add_call", args=[pk]) + query),) if keeps else (),
        parts=(
            *((_lines(done), _months(done), _callable(done, calls)) if inputs.shows_lines else ()),
            _calls(calls, keeps=keeps),
            *((_uploads(found, year),) if keeps else ()),
        ),
    )
    return render(request, "finance/parts.html", {"page": page})


@needs(Permission.FINANCE_MANAGE)
def upload(request: ActorRequest, pk: int) -> HttpResponse:
    """Read a file of bookings; it is judged and shown before anything is booked."""
    kept = kept_plan(request, pk)
    year = YearForm(request.GET, kept.years).chosen
    form = UploadForm(request.POST or None, request.FILES or None, plan=kept, year=year)
    if request.method == "POST" and (form.is_valid() or is_too_large(request)):
        file = form.cleaned_data.get("file")
        if is_too_large(request) or file is None or file.size > LARGEST_MIB * MIB:
            text = _("The file is larger than %(size)s MB. Choose a smaller one.") % {"size": LARGEST_MIB}
            form.add_error("file", text)
        else:
            try:
                made = read_upload(
                    actor=request.actor, plan=kept, year=form.cleaned_data["year"], file_name=file.name,
                    content=file.read(),
                )  # fmt: skip
            except NoBookings as error:
                form.add_error("file", refusal_of_file(error))
            else:
                return redirect("finance:uploaded", pk=made.pk)
    return ask(request, _("Read bookings"), to_plan(kept, "execution"), form, label=_("Read and check"))


@needs(Permission.FINANCE_MANAGE)
def uploaded(request: ActorRequest, pk: int) -> HttpResponse:
    """What a file would book, and which of its rows cannot be booked."""
    kept = of_kept_plan(request, BookingUpload, pk)
    count = len(kept.rows)
    label = ngettext("Take over %(count)s booking", "Take over %(count)s bookings", count) % {"count": count}
    page = UploadPage(
        title=kept.file_name,
        state=_("Taken over") if kept.applied_at else _("Only read so far, nothing is booked"),
        crumbs=to_plan(kept.plan, "execution"),
        facts=_facts(kept),
        refused=tuple(
            refusal_of_row(row["row"], row["problem"], row["written"], kept.year) for row in kept.refused[:200]
        ),
        part=_booked(kept) if kept.applied_at else _waiting(kept),
        apply_url=reverse("finance:apply_bookings", args=[pk]) if count and not kept.applied_at else "",
        apply_label=label,
        discard_url=reverse("finance:discard_bookings", args=[pk]),
    )
    return render(request, "finance/upload.html", {"page": page})


@require_POST
@needs(Permission.FINANCE_MANAGE)
def take_over(request: ActorRequest, pk: int) -> HttpResponse:
    """Book the rows of a file."""
    kept = of_kept_plan(request, BookingUpload, pk)
    try:
        count = apply_upload(actor=request.actor, upload=kept)
    except AlreadyApplied:
        notify(request, _("The file was taken over already."))
    else:
        text = ngettext("%(count)s booking is taken over.", "%(count)s bookings are taken over.", count)
        notify(request, text % {"count": count})
    return redirect(reverse("finance:execution", args=[kept.plan_id]) + f"?year={kept.year}")


@needs(Permission.FINANCE_MANAGE)
def take_back(request: ActorRequest, pk: int) -> HttpResponse:
    """Forget a file and take its bookings back."""
    kept = of_kept_plan(request, BookingUpload, pk)
    if request.method == "POST":
        discard_upload(actor=request.actor, upload=kept)
        notify(request, _("The file is taken back."))
        return redirect(reverse("finance:execution", args=[kept.plan_id]) + f"?year={kept.year}")
    question = _("Take %(name)s back?") % {"name": kept.file_name}
    return ask_again(request, to_plan(kept.plan, "execution"), question, _("Its bookings go with it."))


@needs(Permission.FINANCE_MANAGE)
def add_call(request: ActorRequest, pk: int) -> HttpResponse:
    """Note that funds were called for."""
    return _keep_call(request, kept_plan(request, pk), None)


@needs(Permission.FINANCE_MANAGE)
def change_call(request: ActorRequest, pk: int) -> HttpResponse:
    """Note when the money came, or correct a call."""
    call = of_kept_plan(request, FundsCall, pk, plan="line__plan")
    return _keep_call(request, call.line.plan, call)


def _keep_call(request: ActorRequest, plan: CostPlan, call: FundsCall | None) -> HttpResponse:
    year = YearForm(request.GET, plan.years).chosen
    form = CallForm(request.POST or None, plan=plan, year=year, call=call)
    if form.is_valid():
        note_call(actor=request.actor, call=call, **form.cleaned_data)
        notify(request, _("The call for funds is noted."))
        return redirect(reverse("finance:execution", args=[plan.pk]) + f"?year={form.cleaned_data['year']}")
    title = _("Correct the call for funds") if call else _("Note a call for funds")
    return ask(request, title, to_plan(plan, "execution"), form)


def _tiles(done: Execution) -> tuple[Tile, ...]:
    """Expenditure planned, booked and to come, and the balance of the forecast."""
    spent, income = Side.EXPENDITURE, Side.INCOME
    balance = done.forecast(spent) - done.forecast(income)
    planned = done.planned(spent) - done.planned(income)
    return (
        Tile(euro(done.planned(spent)), _("Expenditure planned")),
        Tile(euro(done.booked(spent)), _("Expenditure booked"), until_in_words(done)),
        Tile(euro(done.forecast(spent)), _("Expenditure to year end"), forecast_rule()),
        Tile(euro(balance), _("Balance to year end"), _("Planned: %(planned)s") % {"planned": euro(planned)}),
    )


def until_in_words(done: Execution) -> str:
    """ "Bookings up to June", or that there are none."""
    if not done.through:
        return _("Nothing is booked yet")
    return _("Bookings up to %(month)s %(year)s") % {"month": MONTHS[done.through], "year": done.year}


def forecast_rule() -> str:
    """How the forecast is made."""
    return _("Bookings, and the plan for the months to come; lines without a booking stand with their plan")


def _lines(done: Execution) -> Part:
    columns = (
        Column(_("Line")), Column(_("Plan"), is_numeric=True), Column(_("Plan so far"), is_numeric=True),
        Column(_("Booked"), is_numeric=True), Column(_("Forecast"), is_numeric=True),
        Column(_("Forecast above plan"), is_numeric=True),
    )  # fmt: skip
    rows = [
        _row(each.line.title, SideLabel(each.line.side.value).label, [each])
        for each in done.lines
        if each.line.side is not Side.SHOWN
    ]
    rows += [
        _row(title, "", done.on(side))
        for title, side in ((_("Sum of expenditure"), Side.EXPENDITURE), (_("Sum of income"), Side.INCOME))
    ]
    title = _("Plan and bookings by line")
    return Part("lines", title, Table(title, columns, tuple(rows), is_caption_hidden=True), _("No line yet."))


def _row(title: str, note: object, lines: Iterable[LineExecution]) -> Row:
    several = list(lines)
    deviation = Money.sum(each.deviation for each in several)
    return Row(
        (
            Cell(title, note=str(note)),
            Cell(euro(Money.sum(each.planned_year for each in several))),
            Cell(euro(Money.sum(each.planned_so_far for each in several))),
            Cell(euro(Money.sum(each.booked_year for each in several))),
            Cell(euro(Money.sum(each.forecast for each in several))),
            Cell(("+" if deviation > Money(0) else "") + euro(deviation)),
        )
    )


def _months(done: Execution) -> Part:
    spent, income = done.by_month(Side.EXPENDITURE), done.by_month(Side.INCOME)
    columns = (
        Column(_("Month")), Column(_("Expenditure planned"), is_numeric=True),
        Column(_("Expenditure booked"), is_numeric=True), Column(_("Income planned"), is_numeric=True),
        Column(_("Income booked"), is_numeric=True),
    )  # fmt: skip
    rows = tuple(
        Row((Cell(MONTHS[month]), *(Cell(euro(amount)) for amount in (*spent[month - 1], *income[month - 1]))))
        for month in MONTHS
    )
    title = _("Plan and bookings by month")
    return Part("months", title, Table(title, columns, rows, is_caption_hidden=True), "")


def _callable(done: Execution, calls: list[FundsCall]) -> Part:
    """How much of each line of income may be called for now."""
    columns = (
        Column(_("Line of income")), Column(_("Plan"), is_numeric=True), Column(_("Called for"), is_numeric=True),
        Column(_("Booked"), is_numeric=True), Column(_("May be called for"), is_numeric=True),
    )  # fmt: skip
    rows = []
    for each in done.on(Side.INCOME):
        called = [Money(call.amount) for call in calls if call.line.key == each.line.key]
        open_now = callable_now(each.planned, done.through, called)
        amounts = (each.planned_year, Money.sum(called), each.booked_year, open_now)
        rows.append(Row((Cell(each.line.title), *(Cell(euro(amount)) for amount in amounts))))
    title = _("What may be called for up to the last month with bookings")
    table = Table(title, columns, tuple(rows), is_caption_hidden=True)
    return Part("callable", title, table, _("No line of income yet."))


def _calls(calls: list[FundsCall], *, keeps: bool) -> Part:
    columns = (
        Column(_("Called for on")), Column(_("Line of income")), Column(_("Amount"), is_numeric=True),
        Column(_("Received on")),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(german.day(call.called_on), address_of_record("finance:call", call.pk) if keeps else ""),
                Cell(call.line.title, note=call.note),
                Cell(euro(call.amount)),
                Cell(german.day(call.received_on) if call.received_on else _("not received yet")),
            )
        )
        for call in calls
    )
    title = _("Calls for funds")
    return Part("calls", title, Table(title, columns, rows, is_caption_hidden=True), _("Nothing was called for yet."))


def _uploads(plan: CostPlan, year: int) -> Part:
    columns = (Column(_("File of bookings")), Column(_("Read on")), Column(_("Progress")))
    rows = tuple(
        Row(
            (
                Cell(each.file_name, address_of_record("finance:uploaded", each.pk)),
                Cell(german.day(each.uploaded_at.date())),
                Cell(_("Taken over") if each.applied_at else _("waits to be taken over")),
            )
        )
        for each in plan.uploads.filter(year=year)
    )
    title = _("Files of bookings")
    return Part("uploads", title, Table(title, columns, rows, is_caption_hidden=True), _("No file was read yet."))


def _facts(kept: BookingUpload) -> tuple[Fact, ...]:
    new = kept.bookings.count() if kept.applied_at else len(kept.rows)
    return (
        Fact(_("Year"), str(kept.year)),
        Fact(_("Booked") if kept.applied_at else _("New bookings"), german.number(new)),
        Fact(_("Booked before already"), german.number(kept.known)),
        Fact(_("Refused"), german.number(len(kept.refused))),
    )


_SHOWN = 200


def _waiting(kept: BookingUpload) -> Part:
    titles = dict(kept.plan.lines.values_list("key", "title"))
    rows = [
        (str(row["row"]), titles.get(row["line"], row["line"]), row["day"], row["amount"], row["reference"])
        for row in kept.rows[:_SHOWN]
    ]
    return _bookings_part(
        _("New bookings"),
        (
            (number, line, german.day(german.parse_day(day)), euro(Money(amount)), reference)
            for number, line, day, amount, reference in rows
        ),
    )


def _booked(kept: BookingUpload) -> Part:
    return _bookings_part(
        _("Bookings of this file"),
        (
            ("", each.line.title, german.day(each.booked_on), euro(each.amount), each.reference)
            for each in kept.bookings.select_related("line")[:_SHOWN]
        ),
    )


def _bookings_part(title: str, rows: Iterable[tuple[str, str, str, str, str]]) -> Part:
    columns = (Column(_("Voucher")), Column(_("Line")), Column(_("Booked on")), Column(_("Amount"), is_numeric=True))
    shown = tuple(
        Row(
            (
                Cell(reference, note=_("Row %(row)s") % {"row": number} if number else ""),
                Cell(line),
                Cell(day),
                Cell(amount),
            )
        )
        for number, line, day, amount, reference in rows
    )
    return Part("bookings", title, Table(title, columns, shown, is_caption_hidden=True), _("No booking is new."))
