"""Numbers in texts against the figures they speak of, and what a report must not be released without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kimwerk.kernel.figures import Value
from kimwerk.reporting.content import FrozenSection
from kimwerk.reporting.quoting import misquotes, wrong_shares
from kimwerk.reporting.remarks import findings_on, is_releasable, needs_reason, remarks_on
from kimwerk.reporting.types import RemarkKind
from tests.reporting.reporters import ACTIVITIES, PARTICIPANTS, answered, content_with

FIGURE = answered(cells={"workshop": 233, "verweis": 1000}, total=1233)


def quoted(text: str) -> list[tuple[str, str]]:
    return [(quote.written, quote.told) for quote in misquotes(text, [FIGURE], [FIGURE])]


@pytest.mark.parametrize(
    "text",
    [
        "Bis zum 21.04. wurden 1.233 Maßnahmen durchgeführt.",
        "Davon 1000 Maßnahmen der Verweisberatung.",
        "Am 16.05.2022 tagte der Ausschuss mit 12 Mitgliedern.",
        "Seit 2020 gibt es Maßnahmen.",
    ],
)
def test_numbers_that_a_figure_tells_are_silent(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Es waren 1.329 Maßnahmen.", [("1.329", "1.233")]),
        (
            "Erst 1.329 Maßnahmen, dann noch einmal 1.329 Maßnahmen und 7 Maßnahmen.",
            [("1.329", "1.233"), ("7", "1.233")],
        ),
        ("Es waren 1233,5 Maßnahmen.", [("1233,5", "1.233")]),
    ],
)
def test_numbers_that_no_figure_of_the_unit_tells_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert quoted(text) == found


def test_a_number_of_another_figure_of_the_unit_is_no_error() -> None:
    other = answered(cells={"workshop": 5}, total=5)
    assert list(misquotes("Es waren 5 Maßnahmen.", [FIGURE], [FIGURE, other])) == []


def test_a_unit_that_the_section_does_not_show_is_not_judged() -> None:
    assert list(misquotes("1.874 Beteiligte kamen.", [FIGURE], [FIGURE])) == []


@pytest.mark.parametrize(
    ("text", "wrong"), [("Das sind 81 %.", []), ("Das sind 81,1 %.", []), ("Das sind 87 %.", ["87"])]
)
def test_shares_are_held_against_the_table_beside_them(text: str, wrong: list[str]) -> None:
    assert [quote.written for quote in wrong_shares(text, [FIGURE])] == wrong


def test_a_text_that_differs_needs_a_reason_and_does_not_forbid_release() -> None:
    content = content_with(FIGURE, text="Es waren 1.329 Maßnahmen, 87 % davon in den Kommunen.")
    kinds = [remark.kind for remark in remarks_on(content)]
    assert kinds == [RemarkKind.TEXT_DIFFERS, RemarkKind.SHARE_DIFFERS]
    assert is_releasable(content)
    assert needs_reason(content)
    assert not needs_reason(content_with(FIGURE, text="Es waren 1.233 Maßnahmen."))


def test_a_parameter_left_out_or_empty_needs_a_reason() -> None:
    content = replace(content_with(FIGURE), expected=("needs", "cost_sharing"))
    missing = [remark.key for remark in remarks_on(content) if remark.kind is RemarkKind.PARAMETER_MISSING]
    assert missing == ["needs", "cost_sharing"]
    empty = FrozenSection("Bedarfe", 1, "", (), "needs")
    told = FrozenSection("Kosten", 1, "Keine.", (), "cost_sharing")
    filled = replace(content, sections=(*content.sections, empty, told))
    assert [
        (remark.key, remark.section) for remark in remarks_on(filled) if remark.kind is RemarkKind.PARAMETER_MISSING
    ] == [("needs", 1)]


def test_a_figure_without_definition_forbids_release() -> None:
    nameless = replace(ACTIVITIES, counts=" ")
    assert not is_releasable(content_with(answered(nameless, cells={"workshop": 1}, total=1)))


@pytest.mark.parametrize(("total", "is_found"), [(1233, False), (1240, True), (233, True)])
def test_a_table_that_does_not_add_up_is_found_by_the_checker(total: Value, is_found: bool) -> None:
    content = content_with(answered(cells={"workshop": 233, "verweis": 700, "beratung": 300}, total=total))
    assert (RemarkKind.TABLE_DISAGREES in [remark.kind for remark in findings_on(content)]) is is_found


def test_windows_side_by_side_need_a_reason() -> None:
    from tests.reporting.reporters import AFTER_THE_FORM

    content = content_with(FIGURE, answered(PARTICIPANTS, total=1874, window=AFTER_THE_FORM))
    assert needs_reason(content)
