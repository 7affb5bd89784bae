"""Placing figures in the sections of a report."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.kernel.figures import MOST_DIMENSIONS, QueryError, QueryProblem
from kimwerk.reporting.catalogue import figure
from kimwerk.reporting.models import PlacedFigure, ReportSection
from kimwerk.reporting.plan import PlannedFigure
from kimwerk.reporting.selectors.figures import dimensions_of
from kimwerk.reporting.services.refusals import ChartDoesNotFit, ReportIsFull
from kimwerk.reporting.services.reports import locked, placed, renumbered, touch
from kimwerk.reporting.showing import choices_for
from kimwerk.reporting.types import Direction

MOST_FIGURES = 60
"""Figures of a report; more would keep the worker busy for minutes."""

FACTS = ["key", "by", "window_start", "window_end", "chart", "caption", "only"]


@transaction.atomic
def place_figure(*, actor: Actor, section: ReportSection, planned: PlannedFigure) -> PlacedFigure:
    """Put a figure at the end of a section. Raises as `check_question` does, and ReportIsFull."""
    report = locked(actor, section.report)
    check_question(actor, planned)
    there = PlacedFigure.objects.filter(section__report=report, section__removed_at__isnull=True).kept()
    if there.count() >= MOST_FIGURES:
        raise ReportIsFull
    last = section.figures.order_by("-position").values_list("position", flat=True).first()
    new = placed(section, 0 if last is None else last + 1, planned)
    new.save(force_insert=True)
    touch(actor, report)
    record(actor=actor, action="report.figure_placed", subject=new)
    return new


@transaction.atomic
def change_figure(*, actor: Actor, figure_placed: PlacedFigure, planned: PlannedFigure) -> PlacedFigure:
    """Ask a placed figure another question, or draw it in another way. Raises as `check_question` does."""
    report = locked(actor, figure_placed.section.report)
    check_question(actor, planned)
    current = PlacedFigure.objects.select_for_update(of=("self",)).get(pk=figure_placed.pk)
    wanted = placed(current.section, current.position, planned)
    for name in FACTS:
        setattr(current, name, getattr(wanted, name))
    current.save(update_fields=FACTS)
    touch(actor, report)
    record(actor=actor, action="report.figure_changed", subject=current)
    return current


@transaction.atomic
def move_figure(*, actor: Actor, figure_placed: PlacedFigure, direction: Direction) -> None:
    """Move a figure past its neighbour in the same section."""
    report = locked(actor, figure_placed.section.report)
    figures = list(PlacedFigure.objects.filter(section=figure_placed.section_id).kept())
    place = next((i for i, each in enumerate(figures) if each.pk == figure_placed.pk), None)
    if place is None:
        return
    other = place + (1 if direction is Direction.DOWN else -1)
    if not 0 <= other < len(figures):
        return
    figures[place], figures[other] = figures[other], figures[place]
    renumbered(figures)
    touch(actor, report)
    record(actor=actor, action="report.figure_moved", subject=figure_placed)


@transaction.atomic
def remove_figure(*, actor: Actor, figure_placed: PlacedFigure) -> PlacedFigure:
    """Take a figure out of the report. restore_figure brings it back."""
    return _set_removed(actor, figure_placed, is_removed=True)


@transaction.atomic
def restore_figure(*, actor: Actor, figure_placed: PlacedFigure) -> PlacedFigure:
    """Bring a removed figure back to its place."""
    return _set_removed(actor, figure_placed, is_removed=False)


def check_question(actor: Actor, planned: PlannedFigure) -> None:
    """Whether the catalogue can answer this for the actor. Raises UnknownFigure, QueryError or ChartDoesNotFit."""
    declared = figure(planned.key)
    by = declared.by if planned.by is None else planned.by
    if len(by) > MOST_DIMENSIONS or len(set(by)) < len(by):
        raise QueryError(QueryProblem.TOO_MANY_DIMENSIONS)
    known = {dimension.key: dimension for dimension in dimensions_of(actor, declared)}
    for key in (*by, *planned.only):
        if key not in known:
            raise QueryError(QueryProblem.UNKNOWN_DIMENSION, key)
    if planned.chart not in choices_for(tuple(known[key] for key in by)):
        raise ChartDoesNotFit


def _set_removed(actor: Actor, figure_placed: PlacedFigure, *, is_removed: bool) -> PlacedFigure:
    report = locked(actor, figure_placed.section.report)
    current = PlacedFigure.objects.select_for_update(of=("self",)).get(pk=figure_placed.pk)
    if (current.removed_at is not None) == is_removed:
        return current
    current.removed_at = timezone.now() if is_removed else None
    current.removed_by_id = actor.account_id if is_removed else None
    current.save(update_fields=["removed_at", "removed_by"])
    touch(actor, report)
    record(actor=actor, action=f"report.figure_{'removed' if is_removed else 'restored'}", subject=current)
    return current
