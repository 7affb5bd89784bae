"""Honest charts: geometry computed in plain Python, markup in templates.

A chart starts at zero, marks slices of time that are covered only in part, keeps the colour of a
category and prints its numbers beside the marks. It knows no language: the caller's `Wording`
says how numbers and notes are written.
"""

from kimwerk.reporting.charts.choose import ChartKind, choose_chart, is_drawable
from kimwerk.reporting.charts.drawing import Drawing
from kimwerk.reporting.charts.layout import NARROW, PAPER, WIDE, draw
from kimwerk.reporting.charts.wording import Wording

__all__ = ["NARROW", "PAPER", "WIDE", "ChartKind", "Drawing", "Wording", "choose_chart", "draw", "is_drawable"]
