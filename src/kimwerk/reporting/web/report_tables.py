"""Lists of reports and editions, and the facts about one."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.kernel import german
from kimwerk.reporting.carrying_on import cover_facts
from kimwerk.reporting.models import Edition, Report
from kimwerk.reporting.report_wording import parameter_label, still_growing
from kimwerk.reporting.selectors.reports import ReportLine, cover_of
from kimwerk.reporting.wording import window_label
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Badge, Cell, Column, Fact, Row, Table, Tone


def drafts_table(lines: Iterable[ReportLine]) -> Table:
    """Reports in the making, with who changed them last."""
    return Table(
        caption=_("Reports in the making"),
        columns=(Column(_("Report")), Column(_("Window")), Column(_("Changed")), Column(_("Released"))),
        rows=tuple(_draft(line) for line in lines),
        is_caption_hidden=True,
    )


def editions_table(editions: Iterable[Edition], *, of_one_report: bool = False) -> Table:
    """Released editions; of one report without its title."""
    first = Column(_("Edition")) if of_one_report else Column(_("Report"))
    return Table(
        caption=_("Released editions"),
        columns=(first, Column(_("Window")), Column(_("Released")), Column(_("By"))),
        rows=tuple(_edition(edition, of_one_report=of_one_report) for edition in editions),
        is_caption_hidden=True,
    )


def report_badge(editions: int) -> Badge:
    """Whether there is something released, or a draft alone."""
    if not editions:
        return Badge(_("Draft"))
    return Badge(_("%(number)d released") % {"number": editions}, Tone.SUCCESS)


def facts_shown(report: Report, before: Edition | None) -> tuple[Fact, ...]:
    """Organisation, window and parameters, and with which edition it compares itself."""
    numbers = (Fact(parameter_label(key), german.number(value)) for key, value in report.numbers.items())
    is_open = report.window.last_day >= timezone.localdate()
    return (
        Fact(_("Report of"), report.organisation.name),
        Fact(_("Window"), window_label(report.window), note=still_growing() if is_open else ""),
        *_carried_on(before),
        *(Fact(fact.label, fact.text) for fact in cover_facts(cover_of(report))),
        *numbers,
    )


def edition_facts(edition: Edition, *, is_sound: bool) -> tuple[Fact, ...]:
    """What an edition is, and whether it is still what was released."""
    check = Badge(_("as released"), Tone.SUCCESS) if is_sound else Badge(_("not what was released"), Tone.DANGER)
    remark = (Fact(_("Remark"), edition.label),) if edition.label else ()
    return (
        Fact(_("Report of"), edition.organisation.name),
        Fact(_("Window"), window_label(edition.window)),
        *remark,
        *_carried_on(edition.continues),
        Fact(_("Released"), f"{_day(edition)}, {edition.released_by.display_name}"),
        *((Fact(_("Written last by"), edition.written_by.display_name),) if edition.written_by else ()),
        *((Fact(_("Released in spite of findings"), edition.reason),) if edition.reason else ()),
        Fact(_("Content hash"), badge=check, note=edition.content_hash),
    )


def _carried_on(before: Edition | None) -> tuple[Fact, ...]:
    if before is None:
        return ()
    text = _("%(title)s, edition %(number)d") % {"title": before.title, "number": before.number}
    return (Fact(_("Carries on"), text, url=reverse("reporting:edition", args=[before.pk])),)


def _draft(line: ReportLine) -> Row:
    report = line.report
    at, by = report.changed_at or report.created_at, report.changed_by or report.created_by
    changed = Cell(german.day(timezone.localtime(at).date()), note=by.display_name)
    released = Cell(_("Edition %(number)d") % {"number": line.edition.number}) if line.edition else Cell()
    return Row(
        (
            Cell(report.title, address_of_record("reporting:report", report.pk), note=report.organisation.name),
            Cell(window_label(report.window)),
            changed,
            released,
        ),
        key=f"report-{report.pk}",
    )


def _edition(edition: Edition, *, of_one_report: bool) -> Row:
    number = _("Edition %(number)d") % {"number": edition.number}
    url = reverse("reporting:edition", args=[edition.pk])
    notes = [edition.label] if of_one_report else [number, edition.label, edition.organisation.name]
    named = Cell(number if of_one_report else edition.title, url, note=" · ".join(filter(None, notes)))
    by = Cell(edition.released_by.display_name)
    return Row((named, Cell(window_label(edition.window)), Cell(_day(edition)), by), key=f"edition-{edition.pk}")


def _day(edition: Edition) -> str:
    return german.day(timezone.localtime(edition.released_at).date())
