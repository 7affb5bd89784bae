"""Numbers in texts, held against the figures they speak of.

A text that says "1.233 Maßnahmen" speaks of the unit of a figure. If no figure of that unit in the report tells that
number, either the text is old or it speaks of something else; both are worth a look. Shares are looked for in the
tables of their own section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    counted = [figure for figure in all_figures if figure.table]
    beside = [figure for figure in of_section if figure.table]
    for unit in dict.fromkeys(unit_label(figure.answer.figure.unit) for figure in beside):
        yield from _counts(text, unit, [figure for figure in counted if _unit(figure) == unit], beside)


def wrong_shares(text: str, of_section: Sequence[FrozenFigure]) -> Iterator[Quote]:
    """Shares of a text that no table beside it tells, each once; nothing where no table has shares."""
    additive = [figure for figure in of_section if figure.table and figure.answer.figure.is_additive and figure.axes]
    shares = [share for figure in additive for share in _shares(figure)]
    if not shares:
        return
    for written in dict.fromkeys(found[1] for found in _SHARE.finditer(text)):
        number = _read(written)
        if number is not None and not any(_rounds_to(share, number) for share in shares):
            yield Quote(written, "%", additive[0].title, "")


def _counts(text: str, unit: str, figures: Sequence[FrozenFigure], beside: Sequence[FrozenFigure]) -> Iterator[Quote]:
    told = {value for figure in figures for value in _values(figure)}
    pattern = re.compile(_NUMBER + r"\s+" + re.escape(unit) + r"\b")
    for written in dict.fromkeys(found[1] for found in pattern.finditer(text)):
        number = _read(written)
        if number is not None and not any(_rounds_to(value, number) for value in told):
            nearest = next(figure for figure in beside if _unit(figure) == unit)
            total = nearest.total
            yield Quote(
                written,
                unit,
                nearest.title,
                "–" if total is None else german.number(total, nearest.answer.figure.places),
            )


def _unit(figure: FrozenFigure) -> str:
    return unit_label(figure.answer.figure.unit)


def _values(figure: FrozenFigure) -> Iterator[Decimal]:
    """Every number of the figure's table, sums included."""
    layout = lay_out(figure.answer)
    for line in (*layout.lines, *((layout.total,) if layout.total else ())):
        yield from (Decimal(cell.value) for cell in line.cells if cell.value is not None)


def _shares(figure: FrozenFigure) -> Iterator[Decimal]:
    total = figure.total
    if total:
        yield from (value / Decimal(total) * 100 for value in _values(figure))


def _read(written: str) -> Decimal | None:
    try:
        return german.parse_number(written)
    except NumberError:
        return None


def _rounds_to(value: Decimal, written: Decimal) -> bool:
    """Whether the value, rounded to the decimals that are written, is what is written."""
    exponent = written.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return rounded(value, places, Rounding.HALF_UP) == written
