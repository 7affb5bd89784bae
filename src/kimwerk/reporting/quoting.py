"""Numbers in texts, held against the figures they speak of.

A text that says "1.233 Maßnahmen" speaks of the unit of a figure. If no figure of that unit in the report tells that
number, either the text is old or it speaks of something else; both are worth a look. Shares are looked for in the
tables of their own section.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from kimwerk.kernel import german
from kimwerk.kernel.german import NumberError
from kimwerk.kernel.rounding import Rounding, rounded
from kimwerk.reporting.content import FrozenFigure
from kimwerk.reporting.tables import lay_out
from kimwerk.reporting.wording import unit_label

_NUMBER = r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
_SHARE = re.compile(_NUMBER + r"\s?%")


@dataclass(frozen=True, slots=True)
class Quote:
    """A number in a text as it is written, with the unit it names, and what a figure tells instead."""

    written: str
    unit: str
    figure: str
    told: str


def misquotes(text: str, of_section: Sequence[FrozenFigure], all_figures: Sequence[FrozenFigure]) -> Iterator[Quote]:
    """Numbers of a text that no figure tells, each once."""
    beside = [figure for figure in of_section if figure.table]
    for unit in dict.fromkeys(_unit(figure) for figure in beside):
        told = numbers_of(all_figures, unit)
        nearest = next(figure for figure in beside if _unit(figure) == unit)
        total = "–" if nearest.total is None else german.number(nearest.total, nearest.answer.figure.places)
        for written, number in numbers_in(text, unit):
            if not is_told(number, told):
                yield Quote(written, unit, nearest.title, total)


def wrong_shares(text: str, of_section: Sequence[FrozenFigure]) -> Iterator[Quote]:
    """Shares of a text that no table beside it tells, each once; nothing where no table has shares."""
    additive = _with_shares(of_section)
    shares = shares_of(of_section)
    if not shares:
        return
    for written, number in shares_in(text):
        if not is_told(number, shares):
            yield Quote(written, "%", additive[0].title, "")


def numbers_in(text: str, unit: str) -> Iterator[tuple[str, Decimal]]:
    """Numbers of a text that stand before this unit, each once: as they are written, and what they come to."""
    return _read(re.compile(_NUMBER + r"\s+" + re.escape(unit) + r"\b"), text)


def shares_in(text: str) -> Iterator[tuple[str, Decimal]]:
    """Shares in per cent that a text names, each once."""
    return _read(_SHARE, text)


def numbers_of(figures: Sequence[FrozenFigure], unit: str) -> frozenset[Decimal]:
    """Every number of this unit that the figures tell, sums included."""
    return frozenset(value for figure in figures if figure.table and _unit(figure) == unit for value in _values(figure))


def cells_of(figure: FrozenFigure) -> Iterator[Decimal | None]:
    """The numbers of the figure's table line by line, sums included; None where one cannot be told."""
    layout = lay_out(figure.answer)
    for line in (*layout.lines, *((layout.total,) if layout.total else ())):
        yield from (None if cell.value is None else Decimal(cell.value) for cell in line.cells if not cell.is_share)


def shares_of(figures: Sequence[FrozenFigure]) -> frozenset[Decimal]:
    """Every share in per cent that the figures tell."""
    return frozenset(
        value / Decimal(figure.total) * 100
        for figure in _with_shares(figures)
        if figure.total
        for value in _values(figure)
    )


def is_told(written: Decimal, values: Collection[Decimal]) -> bool:
    """Whether one of the values, rounded to the decimals that are written, is what is written."""
    exponent = written.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return any(rounded(value, places, Rounding.HALF_UP) == written for value in values)


def _with_shares(figures: Sequence[FrozenFigure]) -> list[FrozenFigure]:
    return [figure for figure in figures if figure.table and figure.answer.figure.is_additive and figure.axes]


def _unit(figure: FrozenFigure) -> str:
    return unit_label(figure.answer.figure.unit)


def _values(figure: FrozenFigure) -> Iterator[Decimal]:
    return (value for value in cells_of(figure) if value is not None)


def _read(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, Decimal]]:
    for written in dict.fromkeys(found[1] for found in pattern.finditer(text)):
        with suppress(NumberError):
            yield written, german.parse_number(written)
