"""Sums that tell what a single post costs, or what a single body gave: they are not for the public.

A sum of a year is judged by what each post is in it: by its cost, by what is paid for it, and by what is left of it.
Other lines hide nothing: lump sums and prices are known. Where what posts cost is not known, their shares stand for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kimwerk.finance.calculation.funding import paid_for
from kimwerk.finance.calculation.lines import Assumptions, Basis, Line, Side
from kimwerk.finance.calculation.posts import Held
from kimwerk.finance.calculation.rules import Grant
from kimwerk.kernel.dominance import is_telling
from kimwerk.kernel.money import Money
from kimwerk.kernel.periods import Period
from kimwerk.staffing.reckoning import months


def tells_a_post(lines: Sequence[Line], given: Assumptions, year: int) -> bool:
    """Whether the sums of a year tell what one of its posts costs to whoever holds another one."""
    spent = _counted([line for line in lines if is_personnel_cost(line)], given, year)
    funded = _counted([line for line in lines if line.basis is Basis.PERSONNEL_FUNDING], given, year)
    costs = {held.key: given.cost(held, year) for held in (*spent, *funded)}
    paid = {held.key: paid_for(held, Grant.PERSONNEL, year, given.rules, costs[held.key]) for held in funded}
    if any(cost is None for cost in costs.values()):
        weights = [_weight(held, year) for held in spent]
        return is_telling(weights) or is_telling([_weight(held, year) for held in funded if paid[held.key]])
    left = [(costs[held.key] or Money(0)) - paid.get(held.key, Money(0)) for held in spent]
    sums = ([costs[held.key] or Money(0) for held in spent], list(paid.values()), left)
    return any(is_telling([abs(part.amount) for part in parts]) for parts in sums)


def is_personnel_cost(line: Line) -> bool:
    """Whether the line spends on posts."""
    return line.basis is Basis.POSTS or (line.side is Side.EXPENDITURE and line.is_personnel)


def _counted(lines: Sequence[Line], given: Assumptions, year: int) -> tuple[Held, ...]:
    """The shares of posts that any of the lines counts."""
    return tuple({held.key: held for line in lines for held in given.counted(line, year)}.values())


def _weight(held: Held, year: int) -> Fraction:
    """Posts times months held."""
    return Fraction(held.share.posts) * months(held.days_in(year), Period.year(year))
