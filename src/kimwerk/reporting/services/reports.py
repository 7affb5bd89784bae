"""Beginning a report and changing its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.directory.models import Organisation
from kimwerk.kernel.periods import Period
from kimwerk.reporting.markup import clean
from kimwerk.reporting.models import PlacedFigure, Report, ReportSection
from kimwerk.reporting.outlines import OUTLINES
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
) -> Report:
    """Begin a report with the template's headings, texts and figures, in the language of whoever begins it."""
    if not may_write_for(actor, organisation.pk) or actor.account_id is None:
        raise PermissionDenied
    report = Report.objects.create(
        organisation=organisation,
        template=template.value,
        title=clean(title),
        window_start=window.start,
        window_end=window.end,
        parameters=_as_texts(parameters or {}),
        created_by_id=actor.account_id,
    )
    outlined = OUTLINES[template].sections
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
    *, actor: Actor, report: Report, title: str, window: Period, parameters: Mapping[str, Decimal] | None = None
) -> Report:
    """Change title, window and parameters. Figures without a window of their own follow."""
    current = locked(actor, report)
    current.title = clean(title)
    current.window_start, current.window_end = window.start, window.end
    current.parameters = _as_texts(parameters or {})
    touch(actor, current, "title", "window_start", "window_end", "parameters")
    record(actor=actor, action="report.changed", subject=current)
    return current


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
