"""What the tests of reports begin with: a small diary, a report of Kim's, and figures made by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.directory.models import Organisation
from kimwerk.kernel.figures import Axis, Counted, Dimension, Figure, FigureQuery, FigureTable, Member, Unit, Value
from kimwerk.kernel.periods import Period
from kimwerk.reporting.content import Content, FrozenFigure, FrozenSection
from kimwerk.reporting.models import Edition, PlacedFigure, Report, ReportBuild, ReportSection
from kimwerk.reporting.services.builds import order_build, run_build
from kimwerk.reporting.services.editions import release_edition
from kimwerk.reporting.services.reports import create_report
from kimwerk.reporting.types import ReportTemplate
from tests.activities.diary import stands
from tests.cast import Cast

Act = Callable[[Actor], Actor]
SPRING = Period.of_days(date(2022, 1, 1), date(2022, 4, 21))
AFTER_THE_FORM = Period.of_days(date(2022, 2, 1), date(2022, 4, 21))
COUNTED_ON = date(2022, 5, 5)


def a_diary(cast: Cast) -> None:
    """Seven activities of spring 2022 at the county, one at Troisdorf, and one removed from none."""
    stands(cast, "frieda", count=4)
    stands(cast, "mehmet", count=2, day=date(2022, 4, 20), kind_id=cast.categories["verweisberatung"], minutes=None)
    stands(
        cast, "mehmet", day=date(2022, 1, 31), municipality_id=None, site_id=None, channel_id=None,
        topics=(cast.categories["wohnen"], cast.categories["arbeit"]), participants_partner=3,
    )  # fmt: skip
    stands(cast, "tomasz", organisation_id=cast.organisations["Stadt Troisdorf"])


def begin(
    cast: Cast, who: str = "kim", *, title: str = "Erstevaluation", organisation: str = "Rhein-Sieg-Kreis"
) -> Report:
    """A report that this character has begun; the character stays named to the database."""
    actor = cast.actor(who)
    set_actor(actor.account_id)
    return create_report(
        actor=actor,
        template=ReportTemplate.EVALUATION,
        organisation=Organisation.objects.get(pk=cast.organisations[organisation]),
        window=SPRING,
        title=title,
    )


def section_of(report: Report, key: str) -> ReportSection:
    """The section that came from this part of the template."""
    return ReportSection.objects.select_related("report").get(report=report, key=key)


def figures_in(report: Report) -> list[PlacedFigure]:
    """The figures that stand in the report, in order."""
    found = PlacedFigure.objects.filter(section__report=report).select_related("section__report").kept()
    return sorted(found, key=lambda placed: (placed.section.position, placed.position))


def built(cast: Cast, report: Report, who: str = "kim") -> ReportBuild:
    """A draft of the report with its files."""
    actor = cast.actor(who)
    set_actor(actor.account_id)
    build = order_build(actor=actor, report=report)
    run_build(actor=actor, build_id=build.pk)
    return ReportBuild.objects.select_related("report").get(pk=build.pk)


def released(cast: Cast, report: Report, who: str = "lena") -> Edition:
    """An edition of the report as it stands."""
    draft = built(cast, report)
    actor = cast.actor(who)
    set_actor(actor.account_id)
    return release_edition(actor=actor, build=draft, reason="Die Parameter 1 und 3 folgen.")


def a_released_edition(cast: Cast) -> int:
    """The key of an edition of Kim's report about the diary: what files of tests begin with once."""
    a_diary(cast)
    return released(cast, begin(cast)).pk


ACTIVITIES: Figure[Actor] = Figure(
    key="activities",
    title="Maßnahmen",
    unit=Unit.ACTIVITIES,
    counts="Jede Maßnahme zählt einmal.",
    population="Alle Maßnahmen.",
    dimensions=(Dimension("kind", "Art"),),
    room="activities",
    compute=lambda _actor, _query: Counted((), {}, 0),
)
PARTICIPANTS: Figure[Actor] = Figure(
    key="participants",
    title="Beteiligte",
    unit=Unit.PARTICIPANTS,
    counts="Wer dreimal kommt, zählt dreimal.",
    population="Alle Maßnahmen.",
    dimensions=(Dimension("sort", "Art der Beteiligten"),),
    room="activities",
    compute=lambda _actor, _query: Counted((), {}, 0),
)


def answered(
    declared: Figure[Actor] = ACTIVITIES,
    *,
    window: Period = SPRING,
    cells: Mapping[str, Value] | None = None,
    total: Value = 0,
    title: str = "",
    counted_on: date = COUNTED_ON,
) -> FrozenFigure:
    """A figure with an answer, broken down by its first dimension where cells are given."""
    axes: tuple[Axis, ...] = ()
    if cells is not None:
        axes = (Axis(declared.dimensions[0], tuple(Member(key, key or "nicht erfasst") for key in cells)),)
    counted = Counted(axes, {(key,): value for key, value in (cells or {}).items()}, total)
    query = FigureQuery(window, tuple(axis.dimension.key for axis in axes))
    table = FigureTable(declared, query, counted, counted_on)
    return FrozenFigure(declared.key, title or str(declared.title), window, counted_on, table)


def content_with(*figures: FrozenFigure, text: str = "Ein Satz.", window: Period = SPRING) -> Content:
    """A report of one section with these figures."""
    section = FrozenSection("Zahlen", 1, text, figures)
    return Content("Erstevaluation", "Rhein-Sieg-Kreis", window, COUNTED_ON, (section,))
