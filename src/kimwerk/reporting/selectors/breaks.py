"""What interrupts a series: categories that ended or began, and figures that mean something else than before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.activities.counting.dimensions import SOURCES
from kimwerk.activities.models import Category
from kimwerk.casework.models import Choice
from kimwerk.casework.types import ChoiceList
from kimwerk.kernel.figures import Axis, FigureTable, Value
from kimwerk.kernel.periods import Period
from kimwerk.reporting.freezing import as_content_json, thawed
from kimwerk.reporting.models import Edition

CHOSEN_FROM = {"access_path": ChoiceList.ACCESS_PATH, "closure_reason": ChoiceList.CLOSURE_REASON}
"""Dimensions of casework whose members are entries of a list that ends and begins."""


@dataclass(frozen=True, slots=True)
class Interruption:
    """A category that ended or began: what was counted as it before or after is counted as something else."""

    dimension: str
    key: str
    label: str
    began: date | None = None
    ended: date | None = None
    successor: str = ""
    successor_label: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure as one edition printed it."""

    name: str
    window: Period
    definition: tuple[str, str, str]
    axis: Axis | None
    table: FigureTable[Actor]

    def value(self, key: str) -> Value:
        """The number of a member; of one that did not occur, 0."""
        return self.table.counted.cells.get((key,), 0)


@dataclass(frozen=True, slots=True)
class Series:
    """A figure over editions. `breaks` says behind which point the series is interrupted, and whether what the figure
    means has changed there; otherwise categories did."""

    points: tuple[Point, ...]
    breaks: dict[int, tuple[Interruption, ...]]
    redefined: frozenset[int]


def interruptions(dimensions: Iterable[str], span: Period) -> tuple[Interruption, ...]:
    """The categories of these dimensions that ended or began within the stretch. At most two queries."""
    keys = tuple(dimensions)
    of_diary = {str(SOURCES[key].category_list): key for key in keys if key in SOURCES and SOURCES[key].category_list}
    of_cases = {CHOSEN_FROM[key].value: key for key in keys if key in CHOSEN_FROM}
    began = Q(valid_from__gt=span.start, valid_from__lt=span.end)
    ended = Q(valid_until__gte=span.start, valid_until__lt=span.last_day)
    found = []
    if of_diary:
        categories = Category.objects.filter(began | ended, category_list__in=of_diary).select_related("successor")
        for each in categories.order_by("position", "label"):
            after = each.successor
            found.append(
                _interruption(of_diary[each.category_list], each, span, *((after.code, after.label) if after else ()))
            )
    if of_cases:
        choices = Choice.objects.filter(began | ended, choice_list__in=of_cases).order_by("position", "label")
        found += [_interruption(of_cases[each.choice_list], each, span) for each in choices]
    return tuple(found)


def _interruption(
    dimension: str, entry: Category | Choice, span: Period, successor: str = "", successor_label: str = ""
) -> Interruption:
    ended, began = entry.valid_until, entry.valid_from
    return Interruption(
        dimension,
        entry.code,
        entry.label,
        began if began and span.start < began < span.end else None,
        ended if ended and span.start <= ended < span.last_day else None,
        successor,
        successor_label,
    )


def series_of(actor: Actor, key: str, by: tuple[str, ...]) -> Series:
    """A figure in this breakdown as the editions that the actor may read printed it, by window, without narrowings."""
    points = []
    editions = Edition.objects.visible_to(actor).defer("html", "pdf").order_by("window_start", "released_at", "pk")
    for edition in editions:
        for figure in thawed(as_content_json(edition.content)).figures:
            is_asked = figure.key == key and figure.table is not None and figure.table.query.by == by
            if not is_asked or figure.table is None or figure.narrowed:
                continue
            declared = figure.table.figure
            definition = (str(declared.counts), str(declared.population), declared.unit.value)
            axis = figure.axes[0] if figure.axes else None
            points.append(Point(str(edition), figure.window, definition, axis, figure.table))
            break
    return _with_breaks(tuple(points), by)


def _with_breaks(points: tuple[Point, ...], by: tuple[str, ...]) -> Series:
    breaks, redefined = {}, set()
    for at, (one, other) in enumerate(pairwise(points)):
        if one.definition != other.definition:
            redefined.add(at)
        span = Period(min(one.window.start, other.window.start), max(one.window.end, other.window.end))
        if found := interruptions(by, span):
            breaks[at] = found
    return Series(points, breaks, frozenset(redefined))
