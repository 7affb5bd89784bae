"""Beginning a report, writing its sections, placing its figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from kimwerk.access.actors import NOBODY, Actor
from kimwerk.access.walls import set_actor
from kimwerk.audit.models import Event
from kimwerk.directory.models import Organisation
from kimwerk.kernel.figures import QueryError, QueryProblem
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import UnknownFigure, figures
from kimwerk.reporting.models import PlacedFigure, Report, ReportSection
from kimwerk.reporting.outlines import EVALUATION, hint_of
from kimwerk.reporting.plan import PlannedFigure
from kimwerk.reporting.selectors.reports import plan_of
from kimwerk.reporting.services import placing, sections
from kimwerk.reporting.services.refusals import ChartDoesNotFit, ReportIsFull, SectionChangedMeanwhile
from kimwerk.reporting.services.reports import change_report, create_report
from kimwerk.reporting.types import ChartChoice, Direction, ReportTemplate
from tests.cast import Cast
from tests.reporting.reporters import SPRING, begin, figures_in, section_of

Act = Callable[[Actor], Actor]


@pytest.fixture
def report(cast: Cast) -> Report:
    return begin(cast)


@pytest.fixture
def kim(report: Report, cast: Cast) -> Actor:
    return cast.actor("kim")


def headings(report: Report) -> list[str]:
    return [section.heading for section in plan_of(report).sections]


def acts(cast: Cast) -> list[str]:
    set_actor(cast.accounts["doris"])
    found = Event.objects.visible_to(cast.actor("doris")).filter(kind="act", action__startswith="report").order_by("id")
    return [event.action for event in found]


def test_a_report_begins_with_the_parameters_of_the_evaluation(report: Report) -> None:
    written = headings(report)
    assert written[:4] == [
        "Hintergrund",
        "Ablauf und Methodik",
        "Praktische Umsetzung Modul 1: Strategisches Kommunales Integrationsmanagement",
        "Praktische Umsetzung Modul 2: Case Management",
    ]
    assert "Multilinguale Kindergartenkinder mit Sprachauffälligkeiten (MuKi-S)" in written
    assert written[-6:] == [
        "Zusammenarbeit mit Kooperationspartnern und anderen Ämtern",
        "In den Sozialräumen genannte Bedarfe",
        "Finanzsharing",
        "Personal",
        "Finanzielle Auswirkungen",
        "Fazit und Ausblick",
    ]
    assert section_of(report, "needs").text.startswith("Was bei Auftaktveranstaltungen, in Arbeitskreisen")
    placed = section_of(report, "needs").figures.order_by("position").values_list("key", flat=True)
    assert list(placed) == ["needs_named", "needs_named", "needs_named", "gaps_opened", "gaps_by_topic"]
    assert "Wer dreimal kommt, zählt dreimal." in section_of(report, "method").text


def test_the_template_places_only_figures_that_there_are(report: Report) -> None:
    known = {declared.key: declared for declared in figures()}
    for placed in figures_in(report):
        assert placed.key in known
        assert set(placed.by) <= {dimension.key for dimension in known[placed.key].dimensions}
    assert {placed.key for placed in figures_in(report)} >= {
        "activities_by_kind", "activities_by_month_and_kind", "participants", "referrals_by_target",
        "activities_by_municipality", "activities_by_site", "minutes", "activities_per_fte_and_week",
    }  # fmt: skip


def test_every_section_that_its_author_has_to_write_says_what_belongs_there() -> None:
    silent = [each.key for each in EVALUATION.sections if not str(each.text) and not hint_of("evaluation", each.key)]
    assert silent == ["module_2"]  # it only holds its parts
    assert hint_of("evaluation", "unknown") == ""
    assert hint_of("unknown", "background") == ""


@pytest.mark.parametrize("who", ["frieda", "anton", "fiona", "stefan", "doris", "sam", "klara", "tomasz"])
def test_a_report_is_begun_by_those_who_write_there_only(cast: Cast, act_as: Act, who: str) -> None:
    with pytest.raises(PermissionDenied):
        begin(cast, who)
    assert not Report.objects.exists()


def test_nobody_begins_a_report_without_a_name(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        create_report(
            actor=NOBODY, template=ReportTemplate.EVALUATION, window=SPRING, title="x",
            organisation=Organisation.objects.get(pk=cast.organisations["Rhein-Sieg-Kreis"]),
        )  # fmt: skip


def test_title_window_and_posts_can_be_changed_and_figures_follow(report: Report, kim: Actor) -> None:
    winter = Period.of_days(date(2021, 10, 1), date(2021, 12, 31))
    changed = change_report(
        actor=kim, report=report, title=" Neu\x00 ", window=winter, parameters={"fte": Decimal("5.5")}
    )
    assert (changed.title, changed.window, changed.numbers) == (" Neu", winter, {"fte": Decimal("5.5")})
    assert changed.version == 2
    assert changed.changed_by_id == kim.account_id
    assert {planned.window for section in plan_of(changed).sections for planned in section.figures} == {None}


@pytest.mark.parametrize("who", ["frieda", "stefan", "klara"])
def test_whoever_only_reads_changes_nothing(report: Report, cast: Cast, act_as: Act, who: str) -> None:
    section, placed, actor = section_of(report, "background"), figures_in(report)[0], act_as(cast.actor(who))
    errands: list[Callable[[], object]] = [
        lambda: change_report(actor=actor, report=report, title="x", window=SPRING),
        lambda: sections.add_section(actor=actor, report=report, heading="x"),
        lambda: sections.edit_section(actor=actor, section=section, version=1, heading="x", level=1, text=""),
        lambda: sections.move_section(actor=actor, section=section, direction=Direction.DOWN),
        lambda: sections.remove_section(actor=actor, section=section),
        lambda: sections.restore_section(actor=actor, section=section),
        lambda: placing.place_figure(actor=actor, section=section, planned=PlannedFigure("activities")),
        lambda: placing.change_figure(actor=actor, figure_placed=placed, planned=PlannedFigure("activities")),
        lambda: placing.move_figure(actor=actor, figure_placed=placed, direction=Direction.UP),
        lambda: placing.remove_figure(actor=actor, figure_placed=placed),
        lambda: placing.restore_figure(actor=actor, figure_placed=placed),
    ]
    for errand in errands:
        with pytest.raises(PermissionDenied):
            errand()


def test_a_section_is_written_and_the_log_knows_who(report: Report, kim: Actor, cast: Cast) -> None:
    section = section_of(report, "background")
    edited = sections.edit_section(
        actor=kim, section=section, version=1, heading="Anlass\u202e", level=1, text="Am 24.06.2021\r\n\r\n- beauftragt"
    )
    assert (edited.heading, edited.text, edited.version) == ("Anlass", "Am 24.06.2021\n\n- beauftragt", 2)
    report.refresh_from_db()
    assert report.version == 2
    assert acts(cast) == ["report.created", "report.section_edited"]


def test_the_second_of_two_authors_is_told_and_loses_nothing(report: Report, kim: Actor, cast: Cast) -> None:
    section = section_of(report, "background")
    sections.edit_section(actor=kim, section=section, version=1, heading="Anlass", level=1, text="Kims Text.")
    lena = cast.actor("lena")
    set_actor(lena.account_id)
    with pytest.raises(SectionChangedMeanwhile) as meanwhile:
        sections.edit_section(actor=lena, section=section, version=1, heading="Anlass", level=1, text="Lenas Text.")
    assert meanwhile.value.current.text == "Kims Text."
    section.refresh_from_db()
    assert section.text == "Kims Text."


def test_saving_what_stands_there_already_is_no_conflict(report: Report, kim: Actor) -> None:
    section = section_of(report, "background")
    sections.edit_section(actor=kim, section=section, version=1, heading="Anlass", level=1, text="Gleich.")
    again = sections.edit_section(actor=kim, section=section, version=1, heading="Anlass", level=1, text="Gleich.")
    report.refresh_from_db()
    assert (again.version, report.version) == (2, 2)


def test_a_section_is_added_behind_another_one_or_at_the_end(report: Report, kim: Actor) -> None:
    first = section_of(report, "background")
    sections.add_section(actor=kim, report=report, heading="Danach", after=first, level=2)
    sections.add_section(actor=kim, report=report, heading="Anhang")
    written = headings(report)
    assert written[:3] == ["Hintergrund", "Danach", "Ablauf und Methodik"]
    assert written[-1] == "Anhang"


def test_a_report_does_not_grow_without_end(report: Report, kim: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "MOST_SECTIONS", len(headings(report)))
    monkeypatch.setattr(placing, "MOST_FIGURES", len(figures_in(report)))
    with pytest.raises(ReportIsFull):
        sections.add_section(actor=kim, report=report, heading="Zu viel")
    with pytest.raises(ReportIsFull):
        placing.place_figure(
            actor=kim, section=section_of(report, "background"), planned=PlannedFigure("activities", ())
        )


def test_a_chapter_moves_with_its_parts_and_back(report: Report, kim: Actor) -> None:
    before = headings(report)
    chapter = section_of(report, "module_2")
    sections.move_section(actor=kim, section=chapter, direction=Direction.UP)
    moved = headings(report)
    assert moved[2:4] == [before[3], before[4]]
    assert moved.index("Praktische Umsetzung Modul 1: Strategisches Kommunales Integrationsmanagement") == 15
    sections.move_section(actor=kim, section=chapter, direction=Direction.DOWN)
    assert headings(report) == before


def test_moving_past_the_rim_changes_nothing(report: Report, kim: Actor) -> None:
    sections.move_section(actor=kim, section=section_of(report, "background"), direction=Direction.UP)
    figure = figures_in(report)[0]
    placing.move_figure(actor=kim, figure_placed=figure, direction=Direction.UP)
    report.refresh_from_db()
    assert report.version == 1


def test_a_removed_section_comes_back_to_its_place_with_its_figures(report: Report, kim: Actor) -> None:
    before = plan_of(report).sections
    section = section_of(report, "services")
    removed = sections.remove_section(actor=kim, section=section)
    assert removed.removed_by_id == kim.account_id
    assert section.heading not in headings(report)
    sections.restore_section(actor=kim, section=section)
    assert plan_of(report).sections == before


def test_removing_twice_is_removing_once(report: Report, kim: Actor, cast: Cast) -> None:
    section, figure = section_of(report, "background"), figures_in(report)[0]
    for _again in range(2):
        sections.remove_section(actor=kim, section=section)
        placing.remove_figure(actor=kim, figure_placed=figure)
    assert acts(cast) == ["report.created", "report.section_removed", "report.figure_removed"]


def test_a_figure_is_placed_with_its_question(report: Report, kim: Actor) -> None:
    section = section_of(report, "background")
    asked = PlannedFigure(
        "activities", ("month", "channel"), SPRING, ChartChoice.MULTIPLES, "Unser Weg", {"kind": ("workshop",)}
    )
    placed = placing.place_figure(actor=kim, section=section, planned=asked)
    stands_there = plan_of(report).sections[0].figures
    assert [(each.key, each.by, each.window, each.chart, each.caption, dict(each.only)) for each in stands_there] == [
        ("activities", ("month", "channel"), SPRING, ChartChoice.MULTIPLES, "Unser Weg", {"kind": ("workshop",)})
    ]
    placing.change_figure(actor=kim, figure_placed=placed, planned=PlannedFigure("activities", ()))
    changed = PlacedFigure.objects.get(pk=placed.pk)
    assert (changed.by, changed.window, changed.caption, changed.position) == ([], None, "", 0)


def test_a_figure_is_crossed_with_three_dimensions_as_a_table(report: Report, kim: Actor) -> None:
    section = section_of(report, "background")
    three = ("month", "kind", "channel")
    placing.place_figure(actor=kim, section=section, planned=PlannedFigure("activities", three))
    assert plan_of(report).sections[0].figures[0].by == three
    with pytest.raises(ChartDoesNotFit):
        placing.place_figure(
            actor=kim, section=section, planned=PlannedFigure("activities", three, chart=ChartChoice.MATRIX)
        )


def test_figures_move_within_their_section(report: Report, kim: Actor) -> None:
    course = section_of(report, "course")
    first, second = PlacedFigure.objects.filter(section=course).kept()
    placing.move_figure(actor=kim, figure_placed=first, direction=Direction.DOWN)
    assert [each.pk for each in PlacedFigure.objects.filter(section=course).kept()] == [second.pk, first.pk]


def test_a_removed_figure_comes_back_to_its_place(report: Report, kim: Actor) -> None:
    before = [each.pk for each in figures_in(report)]
    placing.remove_figure(actor=kim, figure_placed=figures_in(report)[2])
    assert len(figures_in(report)) == len(before) - 1
    placing.restore_figure(actor=kim, figure_placed=PlacedFigure.objects.get(pk=before[2]))
    assert [each.pk for each in figures_in(report)] == before


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (PlannedFigure("activities", ("moon",)), QueryProblem.UNKNOWN_DIMENSION),
        (PlannedFigure("activities", ("month", "month")), QueryProblem.TOO_MANY_DIMENSIONS),
        (PlannedFigure("activities", ("month", "kind", "site", "topic")), QueryProblem.TOO_MANY_DIMENSIONS),
        (PlannedFigure("activities", (), only={"moon": ("full",)}), QueryProblem.UNKNOWN_DIMENSION),
        (PlannedFigure("activities", ("staff",)), QueryProblem.UNKNOWN_DIMENSION),
    ],
)
def test_a_question_that_cannot_be_answered_is_not_placed(
    report: Report, kim: Actor, asked: PlannedFigure, problem: QueryProblem
) -> None:
    with pytest.raises(QueryError) as refused:
        placing.place_figure(actor=kim, section=section_of(report, "background"), planned=asked)
    assert refused.value.problem is problem


def test_neither_an_unknown_figure_nor_a_chart_that_does_not_fit_is_placed(report: Report, kim: Actor) -> None:
    section = section_of(report, "background")
    with pytest.raises(UnknownFigure):
        placing.place_figure(actor=kim, section=section, planned=PlannedFigure("moonlight"))
    with pytest.raises(ChartDoesNotFit):
        placing.place_figure(
            actor=kim, section=section, planned=PlannedFigure("activities", ("kind",), chart=ChartChoice.LINE)
        )


def test_each_organisation_writes_its_own_reports(report: Report, cast: Cast, act_as: Act) -> None:
    klara = act_as(cast.actor("klara"))
    assert not ReportSection.objects.visible_to(klara).exists()
    own = begin(cast, "klara", organisation="Kreis Kleve")
    assert [each.pk for each in Report.objects.visible_to(klara)] == [own.pk]
