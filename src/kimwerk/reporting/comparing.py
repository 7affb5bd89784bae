"""The same question over two windows, side by side: what changed, and why it may not be compared.

Slices of time are laid side by side by their place in the window: January beside January.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product, zip_longest

from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.kernel import german
from kimwerk.kernel.figures import Axis, FigureTable, Member, MemberKind, Value
from kimwerk.kernel.periods import Period
from kimwerk.reporting.tables import Cell, Layout, Line, ordered
from kimwerk.reporting.wording import incomplete_label, value_label, window_label

ABSENT = Member("\0", "–")
Pair = tuple[Member, Member]


@dataclass(frozen=True, slots=True)
class Change:
    """A number then and now."""

    before: Value
    now: Value

    @property
    def difference(self) -> Value:
        """How much more it is now; None where one of them cannot be told."""
        return None if self.before is None or self.now is None else self.now - self.before

    @property
    def share(self) -> Decimal | None:
        """The difference as a share of what was; None where there was nothing."""
        difference = self.difference
        return None if difference is None or not self.before else Decimal(difference) / Decimal(self.before)


def compared(
    now: FigureTable[Actor], before: FigureTable[Actor], interrupted: frozenset[tuple[str, str]] = frozenset()
) -> Layout:
    """One row for each combination of members that occurs in one of the two, and the total.

    `interrupted` names members, by their dimension, that meant something else before: no difference is told.
    """
    axes = now.counted.axes
    pairs = [_pairs(one, other) for one, other in zip(axes, before.counted.axes, strict=True)]
    lines = [
        _line(
            now,
            _heading(combination),
            _change(now, before, combination),
            is_broken=_is_broken(axes, combination, interrupted),
        )
        for combination in product(*pairs)
        if len(pairs) < 2 or _occurs(now, before, combination)
    ]
    total = _line(now, _("Total") if pairs else str(now.figure.title), Change(before.counted.total, now.counted.total))
    columns = (
        window_label(before.query.window),
        window_label(now.query.window),
        _("Difference"),
        _("Change in per cent"),
    )
    stub = ": ".join(str(axis.dimension.title) for axis in now.counted.axes) or _("Figure")
    return Layout(stub, columns, tuple(lines) if pairs else (total,), total if pairs else None)


def _is_broken(axes: tuple[Axis, ...], combination: tuple[Pair, ...], interrupted: frozenset[tuple[str, str]]) -> bool:
    return any((axis.dimension.key, pair[0].key) in interrupted for axis, pair in zip(axes, combination, strict=True))


def _change(now: FigureTable[Actor], before: FigureTable[Actor], combination: tuple[Pair, ...]) -> Change:
    return Change(
        _value(before, tuple(then.key for _now, then in combination)),
        _value(now, tuple(each.key for each, _then in combination)),
    )


def _value(table: FigureTable[Actor], key: tuple[str, ...]) -> Value:
    return None if ABSENT.key in key else table.counted.cells.get(key, 0)


def _occurs(now: FigureTable[Actor], before: FigureTable[Actor], combination: tuple[Pair, ...]) -> bool:
    change = _change(now, before, combination)
    return change.now != 0 or change.before != 0


def _pairs(now: Axis, before: Axis) -> list[Pair]:
    if now.dimension.kind is MemberKind.TIME:
        return list(zip_longest(now.members, before.members, fillvalue=ABSENT))
    known = {member.key: member for member in before.members}
    found = {member.key: (member, known.get(member.key, member)) for member in ordered(now)}
    return [*found.values(), *((member, member) for member in ordered(before) if member.key not in found)]


def _heading(combination: tuple[Pair, ...]) -> str:
    return ": ".join(_named(pair) for pair in combination)


def _named(pair: Pair) -> str:
    now, before = pair
    told = [f"{member.label} ({remark})" if (remark := incomplete_label(member)) else member.label for member in pair]
    return told[0] if now.key == before.key else _("%(now)s against %(before)s") % {"now": told[0], "before": told[1]}


def _line(table: FigureTable[Actor], heading: str, change: Change, *, is_broken: bool = False) -> Line:
    difference = value_label(table.figure, change.difference)
    if change.difference is not None and change.difference > 0:
        difference = f"+{difference}"
    share = "–" if change.share is None else german.percent(change.share, 1)
    if change.share is not None and change.share > 0:
        share = f"+{share}"
    numbers = (
        Cell(value_label(table.figure, change.before), change.before),
        Cell(value_label(table.figure, change.now), change.now),
    )
    if is_broken:
        return Line(heading, (*numbers, Cell(_("break")), Cell(_("break"))))
    return Line(heading, (*numbers, Cell(difference, change.difference), Cell(share, is_share=True)))


def caveats(now: FigureTable[Actor], before: FigureTable[Actor]) -> Iterator[str]:
    """Why the two windows may not be compared as they stand."""
    days, other = now.query.window.days, before.query.window.days
    if now.query.window.overlaps(before.query.window):
        yield _("The two windows overlap: what lies in both is counted in both.")
    if abs(days - other) > 1 and not _are_as_many_months(now.query.window, before.query.window):
        words = {"days": days, "other": other}
        yield (
            _("The windows differ in length (%(other)d and %(days)d days): do not compare the counts as such.") % words
        )


def _are_as_many_months(one: Period, other: Period) -> bool:
    """Whether both are whole months, and as many: people compare them although their days differ a little."""
    months, others = list(one.months()), list(other.months())
    return len(months) == len(others) and all(part.is_complete for part in (*months, *others))
