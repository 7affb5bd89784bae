"""The report as plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from kimwerk.reporting.document import HeaderCell, Row, Section, TableBlock
from tests.reporting.samples import BY_KIND, figure, report, table_by_kind, table_by_month


def test_headings_never_skip_a_level() -> None:
    with pytest.raises(ValueError, match="skips a level"):
        report((Section("Eins", 1), Section("Drei", 3)))
    with pytest.raises(ValueError, match="skips a level"):
        report((Section("Zwei", 2),))
    assert report((Section("Eins", 1), Section("Zwei", 2), Section("Drei", 3), Section("Eins", 1)))


def test_headings_end_where_html_has_no_more() -> None:
    with pytest.raises(ValueError, match="skips a level"):
        report(tuple(Section(str(level), level) for level in range(1, 7)))


def test_a_report_has_a_title_and_an_instant() -> None:
    with pytest.raises(ValueError, match="title"):
        replace(report(), title=" ")
    with pytest.raises(ValueError, match="time zone"):
        replace(report(), made_at=datetime(2022, 5, 5))


def test_a_chart_says_in_words_what_it_shows() -> None:
    with pytest.raises(ValueError, match="says what it shows"):
        replace(figure(None, BY_KIND, table_by_kind()), chart_svg="<svg/>")


def test_every_row_fills_every_column() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        TableBlock("T", ((HeaderCell("A"), HeaderCell("B")),), (Row("a", ("1", "2")),), (False, True))
    with pytest.raises(ValueError, match="as many cells"):
        TableBlock("T", ((HeaderCell("A"), HeaderCell("B")),), (), (False, True), Row("Summe", ()))


def test_headings_span_exactly_the_columns() -> None:
    with pytest.raises(ValueError, match="span all columns"):
        TableBlock("T", ((HeaderCell("A"),),), (), (False, True))
    assert table_by_month().header[0][1].columns == 4


def test_headings_over_numbers_are_known_below_spanning_cells() -> None:
    first, second = table_by_month().placed_header()
    assert [is_numeric for _, is_numeric in first] == [False, False]
    assert [is_numeric for _, is_numeric in second] == [True] * 4
    assert table_by_month().numeric_columns == {1, 2, 3, 4}
