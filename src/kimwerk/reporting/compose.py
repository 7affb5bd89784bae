"""From a report's content to its papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.kernel import german
from kimwerk.reporting.carrying_on import cover_facts, sections_on_changes
from kimwerk.reporting.charts.render import render_for_report
from kimwerk.reporting.content import Content, FrozenFigure, FrozenSection
from kimwerk.reporting.document import Block, FigureBlock, Paragraph, ReportDocument, Section
from kimwerk.reporting.markup import blocks_of
from kimwerk.reporting.outlines import heading_of
from kimwerk.reporting.public.tables import has_small_numbers
from kimwerk.reporting.remarks import Remark, is_still_growing, remarks_on_section
from kimwerk.reporting.report_wording import labels, source_label, still_growing, window_in_words
from kimwerk.reporting.showing import chart_kind, notes_on, problem_text, table_block
from kimwerk.reporting.threshold import small_below
from kimwerk.reporting.types import RemarkKind
from kimwerk.reporting.wording import (
    chart_description,
    chart_wording,
    days_label,
    share_label,
    unit_label,
    window_label,
)

IN_THE_PAPER = frozenset({RemarkKind.WINDOWS_DIFFER, RemarkKind.OTHER_WINDOW, RemarkKind.NOT_OVER})
"""Remarks that the reader of the paper needs too; the others are for its authors."""


@dataclass(frozen=True, slots=True)
class Release:
    """What a released edition says of itself."""

    number: int
    at: datetime
    content_hash: str


def document_of(content: Content, *, made_at: datetime, release: Release | None = None) -> ReportDocument:
    """The report as a document: a draft, or with `release` that edition. Equal arguments give equal documents."""
    return ReportDocument(
        title=content.title,
        subtitle=window_in_words(content.window),
        short_title=content.title,
        organisation=content.organisation,
        window_label=window_label(content.window),
        state_label=_("Released edition %(number)d") % {"number": release.number} if release else _("Draft"),
        is_draft=release is None,
        made_at=made_at,
        labels=labels(),
        sections=(
            *(_section(content, position) for position in range(len(content.sections))),
            *sections_on_changes(content),
        ),
        released_label=german.day(timezone.localtime(release.at).date()) if release else "",
        content_hash=release.content_hash if release else "",
        notice=" ".join(_notices(content)),
        cover=cover_facts(content.cover),
    )


def _notices(content: Content) -> Iterator[str]:
    """What must be known of the whole report."""
    if has_small_numbers(content, small_below()):
        yield _("For official use: this report holds small numbers. What is published is safe to pass on.")
    if is_still_growing(content):
        yield still_growing()


def _section(content: Content, position: int) -> Section:
    section = content.sections[position]
    remarks = tuple(remarks_on_section(content, position))
    blocks = (*blocks_of(section.text), *_figures(section, position, remarks))
    if any(remark.kind in {RemarkKind.TEXT_MISSING, RemarkKind.PARAMETER_MISSING} for remark in remarks):
        blocks = (Paragraph(_("Nothing is written on this yet.")),)
    return Section(section.heading, section.level, blocks)


def _figures(section: FrozenSection, position: int, remarks: Sequence[Remark]) -> Iterator[Block]:
    for place, figure in enumerate(section.figures):
        if figure.problem:
            yield Paragraph(f"{figure.title}: {problem_text(figure)}")
        else:
            own = [remark for remark in remarks if remark.figure == place]
            yield figure_block(figure, prefix=f"chart-{position + 1}-{place + 1}", remarks=own)


def figure_block(figure: FrozenFigure, *, prefix: str, remarks: Sequence[Remark]) -> FigureBlock:
    """A figure as it stands in the papers. `prefix` begins the ids of its chart and is unique in the paper."""
    table, kind = figure.answer, chart_kind(figure)
    alt = chart_description(table) if kind else ""
    paper, narrow = (None, None)
    if kind:
        wording = chart_wording(table.figure)
        paper, narrow = render_for_report(
            kind, table.counted, wording, prefix=prefix, title=figure.title, description=alt
        )
    telling = [remark_text(remark) for remark in remarks if remark.kind in IN_THE_PAPER]
    return FigureBlock(
        title=figure.title,
        definition=str(table.figure.counts),
        population=str(table.figure.population),
        unit_label=unit_label(table.figure.unit),
        window_label=days_label(table.figure, figure.window),
        source_label=source_line(figure),
        table=table_block(figure),
        chart_svg=paper,
        chart_alt=alt,
        chart_svg_narrow=narrow,
        notes=notes_on(figure),
        warning=" ".join(telling) or None,
    )


def source_line(figure: FrozenFigure) -> str:
    """Where the numbers come from and when they were counted."""
    facts = {"source": source_label(figure.answer.figure.room), "day": german.day(figure.counted_on)}
    return _("%(source)s, counted on %(day)s") % facts


def remark_text(remark: Remark) -> str:
    """A remark as a sentence."""
    facts = {
        "other": remark.other,
        "window": window_label(remark.window) if remark.window else "",
        "quoted": remark.quoted,
        "told": remark.told,
        "parameter": str(heading_of(remark.key)),
        "share": share_label(remark.share, 1) if remark.share is not None else "",
    }
    texts = {
        RemarkKind.NOT_COUNTED: _("The figure has no numbers."),
        RemarkKind.WINDOWS_DIFFER: _(
            'The figure "%(other)s" in the same section counts over another window (%(window)s).'
            " Do not set their numbers beside each other."
        ),
        RemarkKind.OTHER_WINDOW: _("The figure counts over another window than the report (%(window)s)."),
        RemarkKind.NOT_OVER: still_growing(),
        RemarkKind.MUCH_MISSING: _("%(share)s of this are not recorded; the other rows say little."),
        RemarkKind.NOTHING_COUNTED: _(
            "Nothing was counted in this window. Check the window and what it is narrowed to."
        ),
        RemarkKind.NO_DEFINITION: _("Nobody could say what this figure counts. Remove it or choose another one."),
        RemarkKind.PARAMETER_MISSING: _(
            'The parameter "%(parameter)s" of the evaluation is missing or empty.'
            " Write it, or say at the release why not."
        ),
        RemarkKind.TEXT_DIFFERS: _(
            'The text says "%(quoted)s"; no figure of this unit in the report tells that. "%(other)s" tells %(told)s in'
            " all."
        ),
        RemarkKind.SHARE_DIFFERS: _('The text says "%(quoted)s"; no table of this section tells this share.'),
        RemarkKind.TABLE_DISAGREES: _("The table does not agree with itself: %(told)s"),
        RemarkKind.TEXT_MISSING: _("The section has neither text nor figure. Write something or remove it."),
    }
    return texts[remark.kind] % facts
