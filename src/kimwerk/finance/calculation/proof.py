"""What must not be in a proof of use: money that is there twice, or more than was spent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kimwerk.finance.calculation.execution import Execution
from kimwerk.finance.calculation.funding import Award
from kimwerk.finance.calculation.lines import Basis, Line, Side
from kimwerk.finance.calculation.posts import Held
from kimwerk.kernel.money import Money
from kimwerk.kernel.periods import Period
from kimwerk.staffing.reckoning import months


class DoubleKind(StrEnum):
    """What was found, the weightiest first."""

    VOUCHER_IN_TWO_PLANS = "voucher_in_two_plans"
    VOUCHER_ON_TWO_LINES = "voucher_on_two_lines"
    PASSED_ON_TOO = "passed_on_too"
    ABOVE_COST = "above_cost"
    ABOVE_CEILING = "above_ceiling"
    TAKEN_OFF = "taken_off"


@dataclass(frozen=True, slots=True)
class Voucher:
    """A booking as the check takes it: on which line of which plan."""

    plan: int
    line: str
    side: Side
    reference: str
    amount: Money


@dataclass(frozen=True, slots=True)
class DoubleFunding:
    """One finding: what it is about, with the amount or the months."""

    kind: DoubleKind
    subject: str
    amount: Money | None = None
    months: Fraction | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether something is to be mended; what is taken off already is only said."""
        return self.kind is not DoubleKind.TAKEN_OFF


def double_funding(
    done: Execution, plan: int, vouchers: Sequence[Voucher], held: Sequence[Held], awards: Sequence[Award],
    passed_on: Mapping[str, Sequence[Period]],
) -> tuple[DoubleFunding, ...]:  # fmt: skip
    """Everything that is funded twice, or looks like it. `passed_on` are days of posts by their titles."""
    found = [
        *_vouchers(plan, vouchers), *_passed_on(done.year, held, passed_on), *_above(done, awards),
        *_taken_off(done.year, held),
    ]  # fmt: skip
    order = list(DoubleKind)
    return tuple(sorted(found, key=lambda each: (order.index(each.kind), each.subject)))


def _vouchers(plan: int, vouchers: Sequence[Voucher]) -> Iterator[DoubleFunding]:
    """The same voucher with the same amount, spent once more on another line or in another plan."""
    seen: dict[tuple[str, Money], list[Voucher]] = {}
    for voucher in vouchers:
        if voucher.side is Side.EXPENDITURE:
            seen.setdefault((voucher.reference, voucher.amount), []).append(voucher)
    for (reference, amount), several in seen.items():
        own = {voucher.line for voucher in several if voucher.plan == plan}
        if own and any(voucher.plan != plan for voucher in several):
            yield DoubleFunding(DoubleKind.VOUCHER_IN_TWO_PLANS, reference, amount)
        if len(own) > 1:
            yield DoubleFunding(DoubleKind.VOUCHER_ON_TWO_LINES, reference, amount)


def _passed_on(year: int, held: Sequence[Held], passed_on: Mapping[str, Sequence[Period]]) -> Iterator[DoubleFunding]:
    window = Period.year(year)
    for each in held:
        both = [
            common
            for own in each.occupied
            for days in passed_on.get(each.title, ())
            if (common := own.intersection(days))
        ]
        if counted := months(both, window):
            yield DoubleFunding(DoubleKind.PASSED_ON_TOO, each.title, months=counted)


def _above(done: Execution, awards: Sequence[Award]) -> Iterator[DoubleFunding]:
    """Funding of personnel above what personnel cost, or above what the rules allow for the posts."""
    spent = Money.sum(each.booked_year for each in done.on(Side.EXPENDITURE) if _is_personnel(each.line))
    income = Money.sum(each.booked_year for each in done.on(Side.INCOME) if _is_personnel(each.line))
    ceiling = Money.sum(award.ceiling for award in awards)
    if spent and income > spent:
        yield DoubleFunding(DoubleKind.ABOVE_COST, "", income - spent)
    if any(award.steps for award in awards) and income > ceiling:
        yield DoubleFunding(DoubleKind.ABOVE_CEILING, "", income - ceiling)


def _is_personnel(line: Line) -> bool:
    return line.is_personnel or line.basis in {Basis.POSTS, Basis.PERSONNEL_FUNDING}


def _taken_off(year: int, held: Sequence[Held]) -> Iterator[DoubleFunding]:
    window = Period.year(year)
    for each in held:
        both = [common for own in each.occupied for days in each.funded_elsewhere if (common := own.intersection(days))]
        if counted := months(both, window):
            yield DoubleFunding(DoubleKind.TAKEN_OFF, each.title, months=counted)
