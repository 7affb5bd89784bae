"""Writing the sections of a report."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.reporting.markup import clean
from kimwerk.reporting.models import Report, ReportSection
from kimwerk.reporting.plan import moved
from kimwerk.reporting.policies import may_write_section
from kimwerk.reporting.services.refusals import NotTheAuthor, ReportIsFull, SectionChangedMeanwhile
from kimwerk.reporting.services.reports import locked, renumbered, touch
from kimwerk.reporting.types import Direction

MOST_SECTIONS = 100


@transaction.atomic
def add_section(
    *, actor: Actor, report: Report, heading: str, level: int = 1, text: str = "", after: ReportSection | None = None
) -> ReportSection:
    """Put a section behind another one, or at the end. Raises ReportIsFull."""
    current = locked(actor, report)
    sections = list(current.sections.kept())
    if len(sections) >= MOST_SECTIONS:
        raise ReportIsFull
    place = next((i + 1 for i, each in enumerate(sections) if after and each.pk == after.pk), len(sections))
    section = ReportSection.objects.create(
        report=current, position=place, level=level, heading=clean(heading), text=clean(text)
    )
    renumbered([*sections[:place], section, *sections[place:]])
    touch(actor, current)
    record(actor=actor, action="report.section_added", subject=section)
    return section


@transaction.atomic
def edit_section(
    *, actor: Actor, section: ReportSection, version: int, heading: str, level: int, text: str
) -> ReportSection:
    """Change a section that was read at `version`.

    Raises NotTheAuthor if somebody else answers for it, SectionChangedMeanwhile if it has moved on since.
    """
    report = locked(actor, section.report)
    current = ReportSection.objects.select_related("report").select_for_update(of=("self",)).get(pk=section.pk)
    if not may_write_section(actor, current):
        raise NotTheAuthor
    wanted = (clean(heading), level, clean(text))
    if wanted == (current.heading, current.level, current.text):
        return current
    if current.version != version:
        raise SectionChangedMeanwhile(current)
    current.heading, current.level, current.text = wanted
    current.version += 1
    current.save(update_fields=["heading", "level", "text", "version"])
    touch(actor, report)
    record(actor=actor, action="report.section_edited", subject=current)
    return current


@transaction.atomic
def move_section(*, actor: Actor, section: ReportSection, direction: Direction) -> None:
    """Move a section, with the parts below it, past its neighbour."""
    report = locked(actor, section.report)
    sections = list(report.sections.kept())
    place = next((i for i, each in enumerate(sections) if each.pk == section.pk), None)
    if place is None:
        return
    order = moved(tuple(each.level for each in sections), place, direction)
    if order == tuple(range(len(sections))):
        return
    renumbered(sections[i] for i in order)
    touch(actor, report)
    record(actor=actor, action="report.section_moved", subject=section)


@transaction.atomic
def remove_section(*, actor: Actor, section: ReportSection) -> ReportSection:
    """Take a section with its figures out of the report. restore_section brings it back."""
    return _set_removed(actor, section, is_removed=True)


@transaction.atomic
def restore_section(*, actor: Actor, section: ReportSection) -> ReportSection:
    """Bring a removed section back to its place."""
    return _set_removed(actor, section, is_removed=False)


def _set_removed(actor: Actor, section: ReportSection, *, is_removed: bool) -> ReportSection:
    report = locked(actor, section.report)
    current = ReportSection.objects.select_for_update(of=("self",)).get(pk=section.pk)
    if (current.removed_at is not None) == is_removed:
        return current
    current.removed_at = timezone.now() if is_removed else None
    current.removed_by_id = actor.account_id if is_removed else None
    current.save(update_fields=["removed_at", "removed_by"])
    touch(actor, report)
    record(actor=actor, action=f"report.section_{'removed' if is_removed else 'restored'}", subject=current)
    return current
