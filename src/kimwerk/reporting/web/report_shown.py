"""From a report's content to what its page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.reporting.charts.render import render_chart
from kimwerk.reporting.compose import remark_text, source_line
from kimwerk.reporting.content import Content, FrozenFigure
from kimwerk.reporting.counting import count_report
from kimwerk.reporting.markup import blocks_of
from kimwerk.reporting.models import Report, ReportSection
from kimwerk.reporting.outlines import hint_of
from kimwerk.reporting.plan import Plan, numbers_of
from kimwerk.reporting.policies import may_release
from kimwerk.reporting.remarks import Remark, findings_on, remarks_on
from kimwerk.reporting.selectors.authors import open_comments
from kimwerk.reporting.selectors.reports import plan_of
from kimwerk.reporting.showing import chart_kind, notes_on, problem_text, table_block
from kimwerk.reporting.types import RemarkKind
from kimwerk.reporting.web.report_pages import RemarkLine, ShownFigure, ShownSection
from kimwerk.reporting.wording import chart_description, chart_wording, days_label, unit_label
from kimwerk.ui.components import MenuItem

TOLD_OTHERWISE = frozenset({RemarkKind.NOT_COUNTED, RemarkKind.TEXT_MISSING, RemarkKind.PARAMETER_MISSING})
"""Remarks that stand in the list only: in their place the problem or the author's hint says it already."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A report with its numbers, ready to be shown to somebody."""

    plan: Plan
    content: Content
    authors: Mapping[int, tuple[int | None, str]]
    template: str
    may_write: bool
    remarks: tuple[Remark, ...] = field(default=())
    comments: Mapping[int, int] = field(default_factory=dict)
    writer: int | None = None

    @classmethod
    def of(cls, actor: Actor, report: Report, *, may_write: bool, is_thorough: bool = False) -> Counted:
        """Count the report as it stands; `is_thorough` looks into each table too, as before a release.

        Whoever releases writes in every section; the others in those that are theirs or everybody's.
        """
        plan = plan_of(report)
        content = count_report(actor, plan)
        told = ReportSection.objects.filter(report=report, removed_at__isnull=True).defer("text")
        authors: dict[int, tuple[int | None, str]] = {
            each.pk: (each.author_id, each.author.display_name if each.author else "")
            for each in told.select_related("author")
        }
        remarks = findings_on(content) if is_thorough else remarks_on(content)
        comments = open_comments(actor, authors)
        writer = None if may_release(actor, report) else actor.account_id
        return cls(plan, content, authors, report.template, may_write, remarks, comments, writer)

    def sections(self) -> tuple[ShownSection, ...]:
        """All sections."""
        return tuple(self.section(position) for position in range(len(self.plan.sections)))

    def section_of(self, section_id: int, *, has_focus: bool = False) -> ShownSection | None:
        """The section of that id, if it is part of the report."""
        places = [place for place, each in enumerate(self.plan.sections) if each.id == section_id]
        return self.section(places[0], has_focus=has_focus) if places else None

    def section(self, position: int, *, has_focus: bool = False) -> ShownSection:
        """One section."""
        planned, frozen = self.plan.sections[position], self.content.sections[position]
        first = sum(len(section.figures) for section in self.content.sections[:position])
        own = [remark for remark in self.remarks if remark.section == position]
        author, name = self.authors.get(planned.id, (None, ""))
        may_edit = self.may_write and (self.writer is None or author in {None, self.writer})
        figures = tuple(
            self._figure(planned.figures[place].id, first + place + 1, figure, self._about(own, place))
            for place, figure in enumerate(frozen.figures)
        )
        return ShownSection(
            id=planned.id,
            anchor=f"section-{planned.id}",
            number=numbers_of(section.level for section in self.content.sections)[position],
            heading=frozen.heading,
            level=frozen.level,
            blocks=blocks_of(frozen.text),
            figures=figures,
            hint=hint_of(self.template, planned.key) if self.may_write and not frozen.text else "",
            warnings=self._about(own, None),
            edit_url=reverse("reporting:section_edit", args=[planned.id]) if may_edit else "",
            figure_url=reverse("reporting:figure_new", args=[planned.id]) if self.may_write else "",
            menu=_section_menu(planned.id) if self.may_write else (),
            has_focus=has_focus,
            author=name,
            talk_url=reverse("reporting:section_talk", args=[planned.id]),
            comments=self.comments.get(planned.id, 0),
        )

    def remark_lines(self) -> tuple[RemarkLine, ...]:
        """All remarks with the way to their places, the grave ones first."""
        numbers = numbers_of(section.level for section in self.content.sections)
        lines = [self._line(remark, numbers) for remark in self.remarks]
        return tuple(sorted(lines, key=lambda line: (not line.is_grave, not line.is_weighed)))

    def _line(self, remark: Remark, numbers: Sequence[str]) -> RemarkLine:
        if remark.section is None:
            return RemarkLine(
                _("The report as a whole"), "report-contents", remark_text(remark), is_grave=False, is_weighed=True
            )
        planned = self.plan.sections[remark.section]
        frozen = self.content.sections[remark.section]
        if remark.figure is None:
            place, anchor = f"{numbers[remark.section]} {frozen.heading}", f"section-{planned.id}"
        else:
            place = f"{numbers[remark.section]} {frozen.figures[remark.figure].title}"
            anchor = f"figure-{planned.figures[remark.figure].id}"
        return RemarkLine(place, anchor, remark_text(remark), remark.kind.forbids_release, remark.kind.needs_reason)

    def _figure(self, placed_id: int, number: int, figure: FrozenFigure, warnings: tuple[str, ...]) -> ShownFigure:
        return shown_figure(
            figure,
            anchor=f"figure-{placed_id}",
            number=number,
            warnings=warnings,
            edit_url=reverse("reporting:figure_edit", args=[placed_id]) if self.may_write else "",
            menu=_figure_menu(placed_id) if self.may_write else (),
        )

    def _about(self, remarks: Iterable[Remark], place: int | None) -> tuple[str, ...]:
        told = (remark for remark in remarks if remark.figure == place and remark.kind not in TOLD_OTHERWISE)
        return tuple(remark_text(remark) for remark in told)


def shown_figure(
    figure: FrozenFigure,
    *,
    anchor: str,
    number: int,
    warnings: tuple[str, ...] = (),
    edit_url: str = "",
    menu: tuple[MenuItem, ...] = (),
) -> ShownFigure:
    """A figure with chart and table for the page; where it has no numbers, the reason."""
    if figure.table is None:
        return ShownFigure(anchor, number, figure.title, problem=problem_text(figure), edit_url=edit_url, menu=menu)
    declared = figure.table.figure
    return ShownFigure(
        anchor=anchor,
        number=number,
        title=figure.title,
        svg=_drawing(figure, anchor),
        table=table_block(figure),
        definition=str(declared.counts),
        population=str(declared.population),
        unit=unit_label(declared.unit),
        window=days_label(declared, figure.window),
        source=source_line(figure),
        notes=notes_on(figure),
        warnings=warnings,
        edit_url=edit_url,
        menu=menu,
    )


def _drawing(figure: FrozenFigure, anchor: str) -> SafeString | None:
    kind = chart_kind(figure)
    if kind is None:
        return None
    table = figure.answer
    return render_chart(
        kind,
        table.counted,
        chart_wording(table.figure),
        prefix=f"{anchor}-chart",
        title=figure.title,
        description=chart_description(table),
    )


def _section_menu(section_id: int) -> tuple[MenuItem, ...]:
    def at(name: str, *more: str) -> str:
        return reverse(f"reporting:{name}", args=[section_id, *more])

    return (
        MenuItem(_("Author and comments"), at("section_talk"), "edit"),
        MenuItem(_("Place a figure"), at("figure_new"), "evaluation"),
        MenuItem(_("Add a section after this one"), at("section_after"), "add"),
        MenuItem(_("Move up"), at("section_move", "up"), "arrow-up", is_post=True),
        MenuItem(_("Move down"), at("section_move", "down"), "arrow-down", is_post=True),
        MenuItem(_("Remove the section"), at("section_remove"), "delete", is_post=True),
    )


def _figure_menu(placed_id: int) -> tuple[MenuItem, ...]:
    def at(name: str, *more: str) -> str:
        return reverse(f"reporting:{name}", args=[placed_id, *more])

    return (
        MenuItem(_("Move up"), at("figure_move", "up"), "arrow-up", is_post=True),
        MenuItem(_("Move down"), at("figure_move", "down"), "arrow-down", is_post=True),
        MenuItem(_("Remove the figure"), at("figure_remove"), "delete", is_post=True),
    )
