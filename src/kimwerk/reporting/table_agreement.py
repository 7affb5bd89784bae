"""A figure's table before the same checker that looks at tables of other offices."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import FigureTable
from kimwerk.reporting.plausibility import words
from kimwerk.reporting.plausibility.checking import NoTable, check
from kimwerk.reporting.writing import as_csv

NAME = "table.csv"


def first_finding(table: FigureTable[Actor]) -> str:
    """What does not agree in the table as it is printed, in a sentence; empty if all agrees."""
    if any(axis.dimension.is_multiple for axis in table.counted.axes):
        return ""  # the parts may add up to more than the whole, which the paper says
    try:
        report = check(as_csv(table).encode(), NAME)
    except NoTable:
        return ""
    return words.finding_in_words(report.findings[0]) if report.findings else ""
