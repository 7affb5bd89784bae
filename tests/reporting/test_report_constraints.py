"""What the database itself refuses to keep of reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.reporting.models import Edition, PlacedFigure, Report, ReportBuild, ReportSection
from tests.cast import Cast, as_owner
from tests.reporting.reporters import begin

Act = Callable[[Actor], Actor]
Change = dict[str, object]


@pytest.fixture
def report(cast: Cast) -> Report:
    return begin(cast)


def refused(model: type[Model], pk: int, change: Change, constraint: str) -> None:
    """Changing the row behind every service is refused by this constraint."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model._default_manager.filter(pk=pk).update(**change)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"window_end": date(2022, 1, 1)}, "report_ends_after_it_begins"),
        ({"template": "novel"}, "report_template_is_known"),
        ({"title": ""}, "report_has_a_title"),
        ({"changed_at": timezone.now(), "changed_by": None}, "report_changed_when_and_by_whom"),
    ],
)
def test_a_report_is_plausible(report: Report, change: Change, constraint: str) -> None:
    refused(Report, report.pk, change, constraint)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"level": 0}, "report_section_level_is_printable"),
        ({"level": 6}, "report_section_level_is_printable"),
        ({"heading": ""}, "report_section_has_a_heading"),
        ({"removed_at": timezone.now()}, "report_section_removed_when_and_by_whom"),
    ],
)
def test_a_section_can_be_printed(report: Report, change: Change, constraint: str) -> None:
    refused(ReportSection, report.sections.first().pk, change, constraint)  # type: ignore[union-attr]  # it has some


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"window_start": date(2022, 1, 1)}, "placed_figure_window_is_whole_or_none"),
        ({"window_end": date(2022, 1, 1)}, "placed_figure_window_is_whole_or_none"),
        (
            {"window_start": date(2022, 1, 2), "window_end": date(2022, 1, 2)},
            "placed_figure_window_is_whole_or_none",
        ),
        ({"by": ["month", "kind", "channel", "topic"]}, "placed_figure_has_three_dimensions_at_most"),
        ({"chart": "pie"}, "placed_figure_chart_is_known"),
        ({"removed_at": timezone.now()}, "placed_figure_removed_when_and_by_whom"),
    ],
)
def test_a_placed_figure_asks_something_that_can_be_answered(report: Report, change: Change, constraint: str) -> None:
    placed = PlacedFigure.objects.filter(section__report=report).order_by("pk")[0]
    refused(PlacedFigure, placed.pk, change, constraint)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "lost"}, "report_build_state_is_known"),
        ({"state": "done"}, "report_build_that_is_done_has_its_files"),
        ({"html": b"x"}, "report_build_has_both_papers_or_none"),
    ],
)
def test_a_draft_that_is_done_has_its_files(report: Report, cast: Cast, change: Change, constraint: str) -> None:
    build = ReportBuild.objects.create(report=report, report_version=1, ordered_by_id=cast.accounts["kim"])
    refused(ReportBuild, build.pk, change, constraint)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"number": 1}, "edition_number_is_given_once"),
        ({"number": 0}, "edition_numbers_begin_with_one"),
        ({"content_hash": "A" * 64}, "edition_hash_is_sha_256"),
        ({"content_hash": "a" * 63}, "edition_hash_is_sha_256"),
        ({"window_end": date(2021, 1, 1)}, "edition_ends_after_it_begins"),
    ],
)
def test_an_edition_is_what_it_says(report: Report, cast: Cast, change: Change, constraint: str) -> None:
    facts: Change = {
        "report": report,
        "organisation_id": report.organisation_id,
        "title": "Erstevaluation",
        "window_start": date(2022, 1, 1),
        "window_end": date(2022, 4, 22),
        "content": {},
        "content_hash": "a" * 64,
        "html": b"h",
        "pdf": b"p",
        "released_at": timezone.now(),
        "released_by_id": cast.accounts["lena"],
    }
    Edition.objects.create(**facts, number=1)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Edition.objects.create(**(facts | {"number": 2} | change))


def test_a_report_with_an_edition_cannot_be_taken_away(report: Report, cast: Cast) -> None:
    Edition.objects.create(
        report=report, organisation_id=report.organisation_id, number=1, title="E", window_start=date(2022, 1, 1),
        window_end=date(2022, 1, 2), content={}, content_hash="a" * 64, html=b"", pdf=b"",
        released_at=timezone.now(), released_by_id=cast.accounts["lena"],
    )  # fmt: skip
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("delete from reporting_placedfigure")
        cursor.execute("delete from reporting_reportsection")
        cursor.execute("delete from reporting_report")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("set constraints all immediate")
        cursor.execute("delete from reporting_edition")
