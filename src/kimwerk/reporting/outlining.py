"""What a template of a report consists of."""

from __future__ import annotations

from dataclasses import dataclass

from kimwerk.kernel.figures import Text
from kimwerk.reporting.plan import PlannedFigure
from kimwerk.reporting.types import ReportTemplate


@dataclass(frozen=True, slots=True)
class Outlined:
    """A section of a template. `hint` tells its author what belongs there and is never printed.

    `rooms` bring all their figures in their usual breakdowns: a section for work that only some installations do.
    `is_expected` marks what the report was ordered for: left out or empty, it is missing.
    """

    key: str
    heading: Text
    level: int = 1
    text: Text = ""
    hint: Text = ""
    figures: tuple[PlannedFigure, ...] = ()
    rooms: tuple[str, ...] = ()
    is_expected: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A template: its name, the title it proposes, its sections."""

    template: ReportTemplate
    name: Text
    title: Text
    purpose: Text
    sections: tuple[Outlined, ...]


def shown(key: str, *by: str) -> PlannedFigure:
    """A figure of the catalogue in this breakdown; without one, as its number alone."""
    return PlannedFigure(key, by)
