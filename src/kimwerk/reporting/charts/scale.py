"""Value axes. They contain zero, always."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kimwerk.kernel.figures import Value

_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Scale:
    """A value axis from `low` (at most 0) to `high` (at least 0, more than `low`), with its ticks."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]

    def part(self, value: Value) -> float:
        """How far along the axis a value lies, from 0 to 1. What cannot be told lies at zero."""
        return float((Decimal(value or 0) - self.low) / (self.high - self.low))


def tight_scale(values: Iterable[Value]) -> Scale:
    """The axis that ends at the extremes, for marks that carry their numbers themselves."""
    low, high = _extremes(values)
    return Scale(low, high, (Decimal(0),))


def nice_scale(values: Iterable[Value], *, places: int = 0, most: int = 4) -> Scale:
    """The axis that ends at round numbers, with about `most` steps of 1, 2 or 5 times a power of ten.

    A step is never finer than the figure's decimals can show.
    """
    low, high = _extremes(values)
    step = max(_step((high - low) / most), Decimal(1).scaleb(-places))
    first, last = (
        (low / step).to_integral_value("ROUND_FLOOR"),
        (high / step).to_integral_value("ROUND_CEILING"),
    )
    ticks = tuple(step * index for index in range(int(first), int(last) + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def _extremes(values: Iterable[Value]) -> tuple[Decimal, Decimal]:
    known = [Decimal(value) for value in values if value is not None]
    low, high = min([Decimal(0), *known]), max([Decimal(0), *known])
    return (low, high) if low < high else (low, low + 1)


def _step(rough: Decimal) -> Decimal:
    """The smallest round step that is not below `rough`."""
    power = Decimal(1).scaleb(rough.adjusted())
    return next(power * step for step in _STEPS if power * step >= rough)
