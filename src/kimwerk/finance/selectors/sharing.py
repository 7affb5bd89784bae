"""Who bears and who benefits, computed and entered; and how contracts of passing on stand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Municipality
from kimwerk.finance.calculation.sharing import (
    Bearer,
    Matrix,
    MoveKind,
    PassedOn,
    SharedRow,
    ShareRole,
    by_weight,
    entered_rows,
    passed_on,
)
from kimwerk.finance.models import CostPlan, PassThrough, SharedCost
from kimwerk.finance.selectors.plans import PlanInputs
from kimwerk.kernel.dominance import is_telling
from kimwerk.kernel.money import Money
from kimwerk.kernel.periods import Period
from kimwerk.staffing.models import Occupancy
from kimwerk.staffing.reckoning import average_fte
from kimwerk.staffing.selectors.posts import period_of, stint_of
from kimwerk.staffing.types import Workplace


@dataclass(frozen=True, slots=True)
class Sharing:
    """The sharing of a year. `reliable` of `municipalities` have said what they bear, in a way to rely on."""

    year: int
    entries: tuple[SharedCost, ...]
    contracts: tuple[tuple[PassThrough, PassedOn], ...]
    costs: Matrix
    benefit: Matrix
    reliable: int
    municipalities: int

    @property
    def telling(self) -> frozenset[Bearer]:
        """Bearers whose cost tells what a single municipality bears, or what is passed on to a single employer."""
        named = [
            (Bearer(entry.bearer), str(entry.municipality_id), entry.amount)
            for entry in self.entries
            if entry.municipality_id and entry.role == ShareRole.BEARS.value
        ]
        passed = [(Bearer.LAND, str(each.recipient_id), state.agreed.amount) for each, state in self.contracts]
        given: dict[Bearer, dict[str, Decimal]] = {}
        for bearer, body, amount in (*named, *passed):
            of_bearer = given.setdefault(bearer, {})
            of_bearer[body] = of_bearer.get(body, Decimal(0)) + amount
        return frozenset(bearer for bearer, bodies in given.items() if is_telling(bodies.values()))


def sharing_of(actor: Actor, inputs: PlanInputs, year: int) -> Sharing:
    """The sharing of a year of the plan. Rows of the plan are left out where its amounts are not shown."""
    plan = inputs.plan
    entries = tuple(SharedCost.objects.filter(plan=plan, year=year).select_related("municipality"))
    contracts = contracts_of(plan, year)
    own = _own_costs(inputs, year)
    passed = SharedRow(
        _("Funding passed on"), {Bearer.LAND: Money.sum(state.agreed for _each, state in contracts)}, is_computed=True
    )
    district = plan.organisation.district_id
    named = {entry.municipality_id for entry in entries if entry.is_reliable and entry.municipality_id}
    everybody = Municipality.objects.filter(district=district).count() if district else 0
    return Sharing(
        year=year,
        entries=entries,
        contracts=contracts,
        costs=Matrix((*own, *((passed,) if contracts else ()), *_entered(entries, ShareRole.BEARS))),
        benefit=Matrix((*_where_posts_work(actor, plan, own, year), *_entered(entries, ShareRole.BENEFITS))),
        reliable=len(named),
        municipalities=everybody,
    )


def contracts_of(plan: CostPlan, year: int) -> tuple[tuple[PassThrough, PassedOn], ...]:
    """The contracts that run on a day of the year, with how they stand in it."""
    window = Period.year(year)
    found = PassThrough.objects.filter(plan=plan, days__overlap=(window.start, window.end))
    return tuple((each, state_of(each, year)) for each in found.select_related("recipient").prefetch_related("moves"))


def state_of(contract: PassThrough, year: int) -> PassedOn:
    """How a contract stands in a year."""
    moves = [(MoveKind(move.kind), Money(move.amount)) for move in contract.moves.all() if move.year == year]
    return passed_on(Money(contract.yearly), period_of(contract.days), Period.year(year), moves)


def _entered(entries: tuple[SharedCost, ...], role: ShareRole) -> tuple[SharedRow, ...]:
    chosen = [entry for entry in entries if entry.role == role.value]
    return entered_rows((entry.title, Bearer(entry.bearer), Money(entry.amount)) for entry in chosen)


def _own_costs(inputs: PlanInputs, year: int) -> tuple[SharedRow, ...]:
    """The plan itself: what the Land pays, and the balance for the county."""
    if not inputs.shows_lines:
        return ()
    table = next(table for table in inputs.tables() if table.year == year)
    amounts = {Bearer.LAND: table.income, Bearer.COUNTY: table.balance}
    return (SharedRow(inputs.plan.title, amounts, is_computed=True),)


def _where_posts_work(actor: Actor, plan: CostPlan, own: tuple[SharedRow, ...], year: int) -> tuple[SharedRow, ...]:
    """The expenditure of the plan by where its posts work, by the average full-time equivalents of the year."""
    window = Period.year(year)
    held = (
        Occupancy.objects.visible_to(actor)
        .filter(post__organisation=plan.organisation_id, days__overlap=(window.start, window.end))
        .select_related("post")
    )
    weights = {Bearer.COUNTY: Fraction(0), Bearer.MUNICIPALITIES: Fraction(0)}
    for occupancy in held:
        at_county = occupancy.post.workplace == Workplace.COUNTY.value
        weights[Bearer.COUNTY if at_county else Bearer.MUNICIPALITIES] += average_fte([stint_of(occupancy)], window)
    if not own or not any(weights.values()):
        return ()
    return (SharedRow(_("Where the posts work"), by_weight(own[0].total, weights), is_computed=True),)
