"""Beginning a report and changing its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypedDict, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.directory.models import Organisation
from kimwerk.kernel.periods import Period
from kimwerk.reporting.content import NO_COVER, Cover
from kimwerk.reporting.markup import clean
from kimwerk.reporting.models import PlacedFigure, Report, ReportSchedule, ReportSection
from kimwerk.reporting.outlines import outline_sections
from kimwerk.reporting.plan import PlannedFigure
from kimwerk.reporting.policies import may_write, may_write_for
from kimwerk.reporting.types import ReportTemplate

Placeable = TypeVar("Placeable", ReportSection, PlacedFigure)


@transaction.atomic
def create_report(
    *,
    actor: Actor,
    template: ReportTemplate,
    organisation: Organisation,
    window: Period,
    title: str,
    parameters: Mapping[str, Decimal] | None = None,
    cover: Cover = NO_COVER,
    schedule: ReportSchedule | None = None,
) -> Report:
    """Begin a report with the template's headings, texts and figures, in the language of whoever begins it.

    Figures that no room counts (yet) are left out.
    """
    if not may_write_for(actor, organisation.pk) or actor.account_id is None:
        raise PermissionDenied
    report = Report.objects.create(
        organisation=organisation,
        template=template.value,
        title=clean(title),
        window_start=window.start,
        window_end=window.end,
        parameters=_as_texts(parameters or {}),
        schedule=schedule,
        created_by_id=actor.account_id,
        **columns_of(cover),
    )
    outlined = outline_sections(template)
    sections = ReportSection.objects.bulk_create(
        ReportSection(
            report=report,
            position=position,
            level=each.level,
            heading=str(each.heading),
            text=str(each.text),
            key=each.key,
        )
        for position, each in enumerate(outlined)
    )
    PlacedFigure.objects.bulk_create(
        placed(section, position, figure)
        for section, each in zip(sections, outlined, strict=True)
        for position, figure in enumerate(each.figures)
    )
    record(actor=actor, action="report.created", subject=report)
    return report


@transaction.atomic
def change_report(
    *,
    actor: Actor,
    report: Report,
    title: str,
    window: Period,
    parameters: Mapping[str, Decimal] | None = None,
    cover: Cover = NO_COVER,
) -> Report:
    """Change title, window, parameters and cover. Figures without a window of their own follow."""
    current = locked(actor, report)
    current.title = clean(title)
    current.window_start, current.window_end = window.start, window.end
    current.parameters = _as_texts(parameters or {})
    columns = columns_of(cover)
    for name, value in columns.items():
        setattr(current, name, value)
    touch(actor, current, "title", "window_start", "window_end", "parameters", *columns)
    record(actor=actor, action="report.changed", subject=current)
    return current


class CoverColumns(TypedDict):
    """The columns that hold a cover."""

    committee: str
    session_on: date | None
    competence: str
    attachments: str


def columns_of(cover: Cover) -> CoverColumns:
    """A cover as the report keeps it."""
    return {
        "committee": clean(cover.committee),
        "session_on": cover.session_on,
        "competence": cover.competence.value if cover.competence else "",
        "attachments": clean("\n".join(cover.attachments)),
    }


def locked(actor: Actor, report: Report) -> Report:
    """The report, held until the errand is done: changes within one report never cross."""
    if not may_write(actor, report):
        raise PermissionDenied
    return Report.objects.select_for_update(of=("self",)).get(pk=report.pk)


def touch(actor: Actor, report: Report, *fields: str) -> None:
    """Save `fields`, and who changed the report when: drafts made before are then out of date."""
    report.version += 1
    report.changed_at, report.changed_by_id = timezone.now(), actor.account_id
    report.save(update_fields=[*fields, "version", "changed_at", "changed_by"])


def placed(section: ReportSection, position: int, figure: PlannedFigure) -> PlacedFigure:
    """A figure at its place, not saved yet."""
    own = figure.window
    return PlacedFigure(
        section=section,
        position=position,
        key=figure.key,
        by=list(figure.by or ()),
        window_start=own.start if own else None,
        window_end=own.end if own else None,
        chart=figure.chart.value,
        caption=clean(figure.caption),
        only={key: list(members) for key, members in figure.only.items()},
    )


def renumbered(items: Iterable[Placeable]) -> None:
    """Give sections or figures their positions in this order, in the database too."""
    for position, item in enumerate(items):
        if item.position != position:
            item.position = position
            item.save(update_fields=["position"])


def _as_texts(parameters: Mapping[str, Decimal]) -> dict[str, str]:
    return {key: f"{value:f}" for key, value in parameters.items()}
