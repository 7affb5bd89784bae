"""Bands of ages or sizes in labels: every age in one of them, and in one only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kimwerk.reporting.plausibility import labels
from kimwerk.reporting.plausibility.layout import Axis, Line, Table

OPEN = 10_000
OLDEST = 130
_UNIT = r"\s*(?:jahren?|jährigen?|j\.?|lebensjahren?)?"
_RANGE = re.compile(
    rf"(?:von )?(\d{{1,3}}){_UNIT}\s*(?:-|–|—|bis(?: unter)?|b\. ?u\.?)\s*(unter )?(\d{{1,3}}){_UNIT}", re.I
)
_BELOW = re.compile(rf"(?:unter|bis unter|<|jünger als)\s*(\d{{1,3}}){_UNIT}", re.I)
_UP_TO = re.compile(rf"(?:bis(?: zu)?|≤|<=)\s*(?:einschl(?:ießlich|\.)?)?\s*(\d{{1,3}}){_UNIT}", re.I)
_FROM = re.compile(
    rf"(?:ab|≥|>=)\s*(\d{{1,3}}){_UNIT}|(\d{{1,3}}){_UNIT}\s*(?:\+|(?:jahre )?(?:und|u\.) "
    r"(?:älter|mehr|darüber|m\.|ä\.))",
    re.I,
)
_OVER = re.compile(rf"(?:über|>|älter als|mehr als)\s*(\d{{1,3}}){_UNIT}", re.I)
_LONE = re.compile(r"(\d{1,3})\s*(?:jahre?|jährige)", re.I)


@dataclass(frozen=True, slots=True)
class Band:
    """The ages from `low` to `high`, both included, and the line that is labelled so."""

    low: int
    high: int
    line: Line
    text: str


@dataclass(frozen=True, slots=True)
class Border:
    """Two neighbouring bands that leave ages out or share some."""

    axis: Axis
    before: Band
    after: Band
    is_gap: bool

    @property
    def ages(self) -> tuple[int, int]:
        """The first and the last age that stand in no band, or in both."""
        if self.is_gap:
            return self.before.high + 1, self.after.low - 1
        return self.after.low, min(self.before.high, self.after.high)


def read_band(label: str) -> tuple[int, int] | None:
    """The ages a label names; None if it names none."""
    bare = re.sub(
        r"\s+", " ", re.sub(r"^[\s\-–•]*(?:davon|darunter)?:?\s*(?:im alter (?:von )?)?", "", label, flags=re.I)
    )
    bare = re.sub(r"[¹²³⁴⁵*†]+$|\(.*\)$", "", bare).strip()
    if found := _RANGE.fullmatch(bare):
        is_open = "unter" in bare.lower() or "u." in bare.lower()
        return int(found[1]), int(found[3]) - is_open
    for pattern, make in (
        (_BELOW, lambda age: (0, age - 1)),
        (_UP_TO, lambda age: (0, age)),
        (_FROM, lambda age: (age, OPEN)),
        (_OVER, lambda age: (age + 1, OPEN)),
        (_LONE, lambda age: (age, age)),
    ):
        if found := pattern.fullmatch(bare):
            return make(int(next(group for group in found.groups() if group)))
    return None


def borders_of(table: Table) -> list[Border]:
    """Gaps and overlaps in every series of bands."""
    found: dict[tuple[str, str, Axis], Border] = {}
    for axis in Axis:
        for series in _series(table.lines(axis)):
            if _is_continuous(table, series) or len(series) < 2:
                continue
            for border in _broken(axis, series):
                found.setdefault((border.before.text, border.after.text, axis), border)
    return list(found.values())


def _series(lines: Sequence[Line]) -> list[list[Band]]:
    """Bands that follow each other in one dimension of the labels."""
    depth = max((len(line.key) for line in lines), default=0)
    every: list[list[Band]] = []
    for at in range(depth):
        series: list[Band] = []
        for line in lines:
            text = line.key[at] if at < len(line.key) else ""
            band = None if labels.is_part_only(text) else read_band(text)
            if band is None:
                if series and text:
                    every.append(series)
                    series = []
                continue
            if series and series[-1].text == text:
                continue
            if series and band[0] < series[-1].low and band[0] <= series[0].low:
                every.append(series)
                series = []
            series.append(Band(*band, line, text))
        every.append(series)
    return [series for series in every if len(series) > 1]


def _is_continuous(table: Table, series: Sequence[Band]) -> bool:
    """Money, lengths and shares have shared borders without anything standing twice."""
    words = " ".join([table.text, *(band.line.label for band in series)]).lower()
    if re.search(r"bis\s*(?:\.\.\.|…)?\s*unter\b|b\. ?u\.", words) and all(
        a.high == b.low for a, b in pairwise(series)
    ):
        return True
    if re.search(r"alter|jahre|jährig", words):
        return False
    if all(band.low in range(1900, 2101) for band in series):
        return True
    return bool(re.search(r"€|eur|\bkm\b|m²|qm|%|prozent|stunden|std|minuten|\bkg\b|uhr", words))


def _broken(axis: Axis, series: Sequence[Band]) -> list[Border]:
    borders = []
    level = _outermost(series)
    for before, after in pairwise(level):
        if after.low > before.high + 1:
            borders.append(Border(axis, before, after, is_gap=True))
        elif (after.low <= before.high and after.high > before.high) or (
            after.low <= before.high and before.high >= OPEN
        ):
            borders.append(Border(axis, before, after, is_gap=False))
    return borders


def _outermost(series: Sequence[Band]) -> list[Band]:
    """Without bands that are a sum of the bands around them, as "under 18" before "0-5" and "6-17"."""
    return [
        band
        for number, band in enumerate(series)
        if not any(
            other.low == band.low and sum(each.low >= band.low and each.high <= band.high for each in series) > 2
            and other is not band and other.high < band.high and _closes(series, band)
            for other in series[max(number - 8, 0) : number + 9]
        )
    ]  # fmt: skip


def _closes(series: Sequence[Band], band: Band) -> bool:
    """Other bands end exactly where this one ends."""
    return any(other.high == band.high and other.low > band.low for other in series)
