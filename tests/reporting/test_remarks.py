"""What a report's figures say about each other, whatever their authors meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from kimwerk.kernel.figures import MISSING
from kimwerk.kernel.periods import Period
from kimwerk.reporting.compose import document_of
from kimwerk.reporting.content import FrozenSection
from kimwerk.reporting.document import FigureBlock, Paragraph
from kimwerk.reporting.remarks import Remark, is_releasable, is_still_growing, missing_share, remarks_on
from kimwerk.reporting.types import FigureProblem, RemarkKind
from tests.reporting.reporters import (
    AFTER_THE_FORM,
    COUNTED_ON,
    PARTICIPANTS,
    SPRING,
    answered,
    content_with,
)

MADE_AT = datetime(2022, 5, 5, 12, tzinfo=UTC)


def kinds(remarks: tuple[Remark, ...]) -> list[RemarkKind]:
    return [remark.kind for remark in remarks]


def test_1233_activities_beside_1874_participants_of_another_window_are_flagged() -> None:
    activities = answered(window=AFTER_THE_FORM, total=1233)
    participants = answered(PARTICIPANTS, cells={"target": 1630, "partner": 244}, total=1874)
    content = content_with(activities, participants)
    assert kinds(remarks_on(content)) == [RemarkKind.WINDOWS_DIFFER, RemarkKind.WINDOWS_DIFFER]

    blocks = [
        block for block in document_of(content, made_at=MADE_AT).sections[0].blocks if isinstance(block, FigureBlock)
    ]
    assert [block.window_label for block in blocks] == ["01.02.2022 bis 21.04.2022", "01.01.2022 bis 21.04.2022"]
    assert blocks[0].warning
    assert "„Beteiligte“" in blocks[0].warning
    assert "01.01.2022 bis 21.04.2022" in blocks[0].warning
    assert blocks[1].warning
    assert "„Maßnahmen“" in blocks[1].warning


def test_figures_of_one_window_may_stand_side_by_side() -> None:
    content = content_with(answered(total=1329), answered(PARTICIPANTS, total=1874))
    assert remarks_on(content) == ()


def test_figures_of_different_sections_are_not_side_by_side_but_say_their_window() -> None:
    content = content_with(answered(total=1329))
    other = FrozenSection("Danach", 1, "", (answered(window=AFTER_THE_FORM, total=1233),))
    content = replace(content, sections=(*content.sections, other))
    assert remarks_on(content) == (Remark(RemarkKind.OTHER_WINDOW, 1, 0, window=SPRING),)


def test_a_window_that_was_not_over_is_named_once_for_the_whole_report() -> None:
    until_today = Period.of_days(SPRING.first_day, COUNTED_ON)
    yesterday = Period.of_days(SPRING.first_day, date(2022, 5, 4))
    growing = content_with(answered(window=until_today, total=1), answered(window=until_today), window=until_today)
    assert is_still_growing(growing)
    assert RemarkKind.NOT_OVER not in kinds(remarks_on(growing))
    assert document_of(growing, made_at=MADE_AT).notice
    over = content_with(answered(window=yesterday, total=100), window=yesterday)
    assert not is_still_growing(over)
    assert not document_of(over, made_at=MADE_AT).notice


def test_a_figure_whose_own_window_was_not_over_says_so_itself() -> None:
    until_today = Period.of_days(SPRING.first_day, COUNTED_ON)
    content = content_with(answered(window=until_today, total=1))
    assert kinds(remarks_on(content)) == [RemarkKind.OTHER_WINDOW, RemarkKind.NOT_OVER]


def test_a_figure_that_counts_nothing_is_named() -> None:
    assert kinds(remarks_on(content_with(answered(total=0)))) == [RemarkKind.NOTHING_COUNTED]


def test_much_that_is_not_recorded_is_named_with_its_share() -> None:
    figure = answered(cells={"workshop": 3, MISSING: 1}, total=4)
    assert missing_share(figure) == Decimal("0.25")
    assert kinds(remarks_on(content_with(figure))) == [RemarkKind.MUCH_MISSING]
    assert remarks_on(content_with(answered(cells={"workshop": 8, MISSING: 2}, total=10))) == ()


def test_a_chapter_with_parts_needs_no_text_of_its_own() -> None:
    content = content_with(text="")
    assert kinds(remarks_on(content)) == [RemarkKind.TEXT_MISSING]
    part = FrozenSection("Teil", 2, "Ein Satz.")
    assert remarks_on(replace(content, sections=(*content.sections, part))) == ()


def test_an_empty_section_says_so_in_the_paper() -> None:
    document = document_of(content_with(text=""), made_at=MADE_AT)
    assert document.sections[0].blocks == (Paragraph("Hierzu ist noch nichts geschrieben."),)


def test_a_report_with_a_figure_without_numbers_is_not_released() -> None:
    missing = replace(answered(), table=None, problem=FigureProblem.UNKNOWN_DIMENSION, problem_subject="staff")
    content = content_with(missing, answered(total=1))
    assert RemarkKind.NOT_COUNTED in kinds(remarks_on(content))
    assert not is_releasable(content)
    assert is_releasable(content_with(answered(total=1), text=""))


def test_a_figure_without_numbers_is_told_in_the_paper_not_left_out() -> None:
    missing = replace(answered(), table=None, problem=FigureProblem.UNKNOWN_FIGURE, problem_subject="gone")
    block = document_of(content_with(missing), made_at=MADE_AT).sections[0].blocks[-1]
    assert isinstance(block, Paragraph)
    assert block.text.startswith("Maßnahmen: ")
