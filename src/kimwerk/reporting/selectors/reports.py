"""Reading reports: their plans, their lists, their files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Organisation
from kimwerk.kernel.periods import Period
from kimwerk.reporting.content import Cover, Earlier
from kimwerk.reporting.freezing import as_content_json, figures_json, thawed
from kimwerk.reporting.models import Edition, PlacedFigure, Report, ReportBuild, ReportSchedule, ReportSection
from kimwerk.reporting.models.report import PAPERS
from kimwerk.reporting.outlines import expected_of
from kimwerk.reporting.plan import Plan, PlannedFigure, PlannedSection
from kimwerk.reporting.rhythms import is_a_period
from kimwerk.reporting.types import ChartChoice, Competence, DownloadKind, Rhythm

PATIENCE = timedelta(minutes=10)
"""After so long without an end, nobody is making the files any more: a worker was stopped in the middle."""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in a list, with its last edition if there is one."""

    report: Report
    edition: Edition | None


def plan_of(report: Report, *, with_changes: bool = False) -> Plan:
    """The report as it stands, ready to be counted. Three queries; two more with what it is compared with."""
    sections = list(ReportSection.objects.filter(report=report).kept())
    figures = figures_of(sections)
    before = edition_before(report) if with_changes else None
    return Plan(
        title=report.title,
        organisation_id=report.organisation_id,
        organisation=Organisation.objects.values_list("name", flat=True).get(pk=report.organisation_id),
        window=report.window,
        sections=tuple(
            PlannedSection(
                section.heading,
                section.level,
                section.text,
                tuple(planned(each) for each in figures[section.pk]),
                section.pk,
                section.key,
            )
            for section in sections
        ),
        parameters=report.numbers,
        cover=cover_of(report),
        expected=expected_of(report.template),
        continues=earlier_of(before) if before else None,
        before=thawed(as_content_json(before.content)) if before else None,
    )


def edition_before(report: Report) -> Edition | None:
    """The edition with which the next one of this report is compared: its own last one, else the one it carries on."""
    own = Edition.objects.filter(report=report).defer(*PAPERS).order_by("-number").first()
    if own or report.continues_id is None:
        return own
    return Edition.objects.defer(*PAPERS).filter(pk=report.continues_id).first()


def edition_to_carry_on(actor: Actor, schedule: ReportSchedule, window: Period) -> Edition | None:
    """The newest edition before this window that a draft of the schedule carries on; None if there is none yet.

    Beside its own those count that were begun by hand or by a schedule that is over, if they cover a period of the
    same rhythm. What another running schedule began goes on there. One query.
    """
    begun = Q(report__schedule=schedule) | Q(report__schedule=None) | Q(report__schedule__ended_at__isnull=False)
    editions = Edition.objects.visible_to(actor).without_files().select_related("report")
    same = editions.filter(
        begun, organisation=schedule.organisation_id, report__template=schedule.template, window_end__lte=window.start
    )
    rhythm = Rhythm(schedule.rhythm)
    fitting = (
        each
        for each in same.order_by("-window_end", "-released_at", "-pk")
        if each.report.schedule_id == schedule.pk or is_a_period(rhythm, each.window)
    )
    return max(fitting, key=lambda each: (each.window_end, each.report.schedule_id == schedule.pk), default=None)


def carried_on_by(actor: Actor, report: Report) -> Edition | None:
    """The edition of another report that this one carries on, without its content. One query, or none."""
    if report.continues_id is None:
        return None
    return Edition.objects.visible_to(actor).without_files().filter(pk=report.continues_id).first()


def earlier_of(edition: Edition) -> Earlier:
    """An edition as the paper of the next one names it."""
    released = timezone.localtime(edition.released_at).date()
    return Earlier(edition.number, edition.title, edition.window, released, edition.content_hash)


def cover_of(report: Report) -> Cover:
    """What stands on the cover of a report."""
    return Cover(
        report.committee,
        report.session_on,
        Competence(report.competence) if report.competence else None,
        tuple(line.strip() for line in report.attachments.splitlines() if line.strip()),
    )


def figures_of(sections: Iterable[ReportSection]) -> dict[int, list[PlacedFigure]]:
    """The figures placed in these sections, in order, by section. One query."""
    found: dict[int, list[PlacedFigure]] = defaultdict(list)
    for placed in PlacedFigure.objects.filter(section__in=list(sections)).kept():
        found[placed.section_id].append(placed)
    return found


def planned(placed: PlacedFigure) -> PlannedFigure:
    """A placed figure as a question."""
    return PlannedFigure(
        key=placed.key,
        by=tuple(placed.by),
        window=placed.window,
        chart=ChartChoice(placed.chart),
        caption=placed.caption,
        only={key: tuple(members) for key, members in placed.only.items()},
        id=placed.pk,
    )


def reports_for(actor: Actor) -> tuple[ReportLine, ...]:
    """The reports whose drafts the actor may read, the last changed first. Two queries."""
    reports = Report.objects.visible_to(actor).select_related("organisation", "changed_by", "created_by")
    listed = sorted(reports, key=lambda report: report.changed_at or report.created_at, reverse=True)
    newest: dict[int, Edition] = {}
    for edition in Edition.objects.visible_to(actor).without_files().filter(report__in=listed).order_by("number"):
        newest[edition.report_id] = edition
    return tuple(ReportLine(report, newest.get(report.pk)) for report in listed)


def editions_for(actor: Actor) -> tuple[Edition, ...]:
    """All released editions the actor may read, the newest first. One query."""
    found = Edition.objects.visible_to(actor).without_files().select_related("organisation", "released_by")
    return tuple(found.order_by("-released_at", "-pk"))


def editions_of(actor: Actor, report: Report) -> tuple[Edition, ...]:
    """The editions of one report, the newest first."""
    found = Edition.objects.visible_to(actor).without_files().filter(report=report).select_related("released_by")
    return tuple(found.order_by("-number"))


def last_build(actor: Actor, report: Report) -> ReportBuild | None:
    """The draft that was ordered last, without its files."""
    builds = ReportBuild.objects.visible_to(actor).without_files().filter(report=report)
    return builds.order_by("-ordered_at", "-pk").first()


def is_stuck(build: ReportBuild) -> bool:
    """Whether nobody is at this build any more, though it is not done."""
    return build.status.is_under_way and timezone.now() - build.ordered_at > PATIENCE


def organisations_to_write_for(actor: Actor) -> tuple[tuple[int, str], ...]:
    """The organisations for which the actor may begin a report, by name."""
    rights = (Permission.REPORT_WRITE, Permission.REPORT_READ, Permission.FIGURE_READ)
    allowed = frozenset.intersection(*(actor.scope(right).organisations for right in rights))
    return tuple(Organisation.objects.filter(pk__in=allowed).order_by("sort_key").values_list("pk", "name"))


def file_of_build(build: ReportBuild, kind: DownloadKind) -> bytes | None:
    """A file of a draft that is done; None if it was made before there were such files."""
    if kind is DownloadKind.FIGURES:
        return figures_json(as_content_json(build.content or {}))
    return _papers(build)[kind]


def file_of_edition(edition: Edition, kind: DownloadKind) -> bytes | None:
    """A file of a released edition; `figures.json` follows from its frozen content."""
    if kind is DownloadKind.FIGURES:
        return figures_json(as_content_json(edition.content), edition=edition.number)
    return _papers(edition)[kind]


def _papers(made: ReportBuild | Edition) -> dict[DownloadKind, bytes | None]:
    kept = {
        DownloadKind.HTML: made.html,
        DownloadKind.PDF: made.pdf,
        DownloadKind.DOCX: made.docx,
        DownloadKind.TABLES: made.xlsx,
    }
    return {kind: bytes(paper) if paper else None for kind, paper in kept.items()}
