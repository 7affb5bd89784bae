"""Cost sharing: who bears and who benefits; and money that is passed on, from contract to recall."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.finance.calculation.sharing import Bearer, Matrix, PassedOn
from kimwerk.finance.models import CostPlan, PassThrough, PassThroughMove, SharedCost
from kimwerk.finance.selectors.plans import plan_inputs
from kimwerk.finance.selectors.sharing import Sharing, sharing_of, state_of
from kimwerk.finance.services.sharing import keep_contract, keep_share, note_move, remove_share
from kimwerk.finance.types import BearerLabel
from kimwerk.finance.web.forms import YearForm
from kimwerk.finance.web.pages import PartsPage
from kimwerk.finance.web.sharing_forms import ContractForm, MoveForm, ShareForm
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
from kimwerk.kernel.rounding import trimmed
from kimwerk.staffing.web.forms import days_text
from kimwerk.staffing.web.pages import Part
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Cell, Column, NavItem, Row, Table, Tile
from kimwerk.ui.notices import notify


@needs(Permission.FINANCE_READ)
def shares(request: ActorRequest, pk: int) -> HttpResponse:
    """The sharing of a year: two matrices, what was entered, and what is passed on."""
    found = readable_plan(request, pk)
    inputs = plan_inputs(request.actor, found)
    asked = YearForm(request.GET, found.years)
    sharing, keeps = sharing_of(request.actor, inputs, asked.chosen), may_keep(request.actor, found)
    query = f"?year={asked.chosen}"
    page = PartsPage(
        title=_("Cost sharing"),
        state=f"{found.title} · {years_of(found)}",
        crumbs=to_plans(),
        tabs=tabs_of(request.actor, found, "sharing"),
        action=Action(_("Enter what somebody bears"), reverse("finance:add_share", args=[pk]) + query)
        if keeps
        else None,
        filter=asked,
        reset_url=reverse("finance:sharing", args=[pk]),
        hidden="" if inputs.shows_lines else HIDDEN,
        tiles=(_completeness(sharing),),
        links=(NavItem(_("Pass funding on"), reverse("finance:add_pass_through", args=[pk])),) if keeps else (),
        parts=(
            _matrix("costs", _("Who bears the cost"), sharing.costs, _("Nothing is known of this year.")),
            _matrix("benefit", _("Who has the benefit"), sharing.benefit, _("No post is held this year.")),
            _contracts(sharing),
            _entries(sharing, keeps=keeps),
        ),
    )
    return render(request, "finance/parts.html", {"page": page})


@needs(Permission.FINANCE_MANAGE)
def add(request: ActorRequest, pk: int) -> HttpResponse:
    """Enter what somebody bears."""
    return _keep_share(request, kept_plan(request, pk), None)


@needs(Permission.FINANCE_MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct what somebody bears."""
    kept = of_kept_plan(request, SharedCost, pk)
    return _keep_share(request, kept.plan, kept)


@needs(Permission.FINANCE_MANAGE)
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take out what somebody bears."""
    kept = of_kept_plan(request, SharedCost, pk)
    if request.method == "POST":
        remove_share(actor=request.actor, share=kept)
        notify(request, _("The entry is taken out."))
        return redirect("finance:sharing", pk=kept.plan_id)
    question = _("Take %(name)s out of the cost sharing?") % {"name": kept.title}
    return ask_again(request, to_plan(kept.plan, "sharing"), question, _("The amount goes with it."))


@needs(Permission.FINANCE_MANAGE)
def add_contract(request: ActorRequest, pk: int) -> HttpResponse:
    """Enter a contract of passing on."""
    return _keep_contract(request, kept_plan(request, pk), None)


@needs(Permission.FINANCE_MANAGE)
def change_contract(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a contract of passing on."""
    kept = of_kept_plan(request, PassThrough, pk)
    return _keep_contract(request, kept.plan, kept)


@needs(Permission.FINANCE_READ)
def contract(request: ActorRequest, pk: int) -> HttpResponse:
    """A contract: how it stands year by year, and what happened."""
    plans = CostPlan.objects.visible_to(request.actor)
    known = PassThrough.objects.filter(plan__in=plans).select_related("plan", "recipient").prefetch_related("moves")
    found = get_object_or_404(known, pk=pk)
    keeps = may_keep(request.actor, found.plan)
    page = PartsPage(
        title=found.recipient.name,
        state=" · ".join((found.contract, found.get_kind_display(), days_text(found.days))),
        crumbs=to_plan(found.plan, "sharing"),
        action=Action(_("Note what happened"), reverse("finance:add_move", args=[pk])) if keeps else None,
        links=(NavItem(_("Correct the contract"), reverse("finance:change_pass_through", args=[pk])),) if keeps else (),
        parts=(_years(found), _moves(found, keeps=keeps)),
    )
    return render(request, "finance/parts.html", {"page": page})


@needs(Permission.FINANCE_MANAGE)
def add_move(request: ActorRequest, pk: int) -> HttpResponse:
    """Note an advance, a proof or money that came back."""
    return _keep_move(request, of_kept_plan(request, PassThrough, pk, "recipient"), None)


@needs(Permission.FINANCE_MANAGE)
def change_move(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct what happened."""
    kept = of_kept_plan(request, PassThroughMove, pk, "pass_through__recipient", plan="pass_through__plan")
    return _keep_move(request, kept.pass_through, kept)


def _keep_share(request: ActorRequest, plan: CostPlan, share: SharedCost | None) -> HttpResponse:
    year = YearForm(request.GET, plan.years).chosen
    form = ShareForm(request.POST or None, plan=plan, year=year, share=share)
    if form.is_valid():
        keep_share(actor=request.actor, plan=plan, facts=form.facts, share=share)
        notify(request, _("The entry is in the cost sharing."))
        return redirect(reverse("finance:sharing", args=[plan.pk]) + f"?year={form.cleaned_data['year']}")
    title = _("Correct %(name)s") % {"name": share.title} if share else _("Enter what somebody bears")
    links = (NavItem(_("Take it out"), reverse("finance:remove_share", args=[share.pk])),) if share else ()
    return ask(request, title, to_plan(plan, "sharing"), form, links=links)


def _keep_contract(request: ActorRequest, plan: CostPlan, known: PassThrough | None) -> HttpResponse:
    form = ContractForm(request.POST or None, plan=plan, contract=known)
    if form.is_valid():
        made = keep_contract(actor=request.actor, plan=plan, facts=form.facts, contract=known)
        notify(request, _("The contract is saved."))
        return redirect("finance:pass_through", pk=made.pk)
    title = _("Correct the contract") if known else _("Pass funding on")
    return ask(request, title, to_plan(plan, "sharing"), form)


def _keep_move(request: ActorRequest, kept: PassThrough, move: PassThroughMove | None) -> HttpResponse:
    year = YearForm(request.GET, kept.plan.years).chosen
    form = MoveForm(request.POST or None, plan=kept.plan, year=year, move=move)
    if form.is_valid():
        year, kind, on, amount, note = form.entered
        note_move(actor=request.actor, contract=kept, year=year, kind=kind, on=on, amount=amount, note=note, move=move)
        notify(request, _("It is noted."))
        return redirect("finance:pass_through", pk=kept.pk)
    return ask(request, f"{kept.recipient.name}: {kept.contract}", to_plan(kept.plan, "sharing"), form)


def _completeness(sharing: Sharing) -> Tile:
    """ "Reliable for 3 of 19 municipalities"."""
    return Tile(
        _("%(reliable)s of %(all)s") % {"reliable": sharing.reliable, "all": sharing.municipalities},
        _("municipalities with numbers to rely on"),
        _("The others have said nothing yet, or only estimates. Their costs are missing below."),
    )


def _matrix(key: str, title: str, matrix: Matrix, empty: str) -> Part:
    """A matrix with the sum of every bearer and its share."""
    columns = (
        Column(_("Kind")),
        *(Column(BearerLabel(bearer.value).label, is_numeric=True) for bearer in Bearer),
        Column(_("Together"), is_numeric=True),
    )
    rows = [
        Row(
            (
                Cell(row.title, note=_("computed") if row.is_computed else _("entered")),
                *(Cell(euro(row.amounts[bearer]) if bearer in row.amounts else "–") for bearer in Bearer),
                Cell(euro(row.total)),
            )
        )
        for row in matrix.rows
    ]
    foot = None
    if rows:
        sums = [(matrix.of(bearer), _share(matrix.of(bearer), matrix.total)) for bearer in Bearer]
        foot = Row((Cell(_("Sum")), *(Cell(euro(amount), note=share) for amount, share in sums),
                    Cell(euro(matrix.total))))  # fmt: skip
    return Part(key, title, Table(title, columns, tuple(rows), foot, is_caption_hidden=True), empty)


def _share(amount: Money, whole: Money) -> str:
    return german.percent(amount.ratio_to(whole), 1) if amount and whole else ""


def _contracts(sharing: Sharing) -> Part:
    columns = (Column(_("Passed on to")), Column(_("What for")), *_state_columns())
    rows = tuple(
        Row(
            (
                Cell(each.recipient.name, address_of_record("finance:pass_through", each.pk), note=each.contract),
                Cell(each.get_kind_display(), note=german.number(trimmed(each.share))),
                *_state(state),
            )
        )
        for each, state in sharing.contracts
    )
    title = _("Passed on in %(year)s") % {"year": sharing.year}
    return Part("contracts", title, Table(title, columns, rows, is_caption_hidden=True), _("Nothing is passed on."))


def _state_columns() -> tuple[Column, ...]:
    titles = (_("Agreed"), _("Advances"), _("Proven"), _("Came back"), _("To recall"), _("To pay"))
    return tuple(Column(title, is_numeric=True) for title in titles)


def _state(state: PassedOn) -> tuple[Cell, ...]:
    proven = Cell(euro(state.proven)) if state.is_proven else Cell(_("proof is missing"))
    return (
        Cell(euro(state.agreed)), Cell(euro(state.advanced)), proven, Cell(euro(state.recalled)),
        Cell(euro(state.to_recall)), Cell(euro(state.to_pay)),
    )  # fmt: skip


def _years(found: PassThrough) -> Part:
    title = _("How it stands")
    rows = tuple(Row((Cell(str(year)), *_state(state_of(found, year)))) for year in found.plan.years)
    return Part("years", title, Table(title, (Column(_("Year")), *_state_columns()), rows, is_caption_hidden=True), "")


def _moves(found: PassThrough, *, keeps: bool) -> Part:
    columns = (Column(_("On the day")), Column(_("For the year")), Column(_("What happened to the money")),
               Column(_("Amount"), is_numeric=True))  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(german.day(move.on), address_of_record("finance:move", move.pk) if keeps else ""),
                Cell(str(move.year)),
                Cell(move.get_kind_display(), note=move.note),
                Cell(euro(move.amount)),
            )
        )
        for move in found.moves.all()
    )
    title = _("What happened so far")
    return Part("moves", title, Table(title, columns, rows, is_caption_hidden=True), _("Nothing happened yet."))


def _entries(sharing: Sharing, *, keeps: bool) -> Part:
    columns = (Column(_("Kind")), Column(_("Bearer")), Column(_("Amount"), is_numeric=True), Column(_("Source")))
    rows = tuple(
        Row(
            (
                Cell(each.title, address_of_record("finance:share", each.pk) if keeps else "", each.get_role_display()),
                Cell(each.get_bearer_display(), note=each.municipality.name if each.municipality else ""),
                Cell(euro(each.amount)),
                Cell(each.source or "–", note="" if each.is_reliable else _("estimate")),
            )
        )
        for each in sharing.entries
    )
    title = _("What was entered")
    return Part(
        "entries", title, Table(title, columns, rows, is_caption_hidden=True), _("Nobody entered anything yet.")
    )
