"""From a plan to its content: every figure asked once, in the name of whoever builds the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import FigureTable, QueryError
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import UnknownFigure, figure
from kimwerk.reporting.changes import changes_between
from kimwerk.reporting.content import Content, FrozenFigure, FrozenSection, Narrowing
from kimwerk.reporting.markup import clean
from kimwerk.reporting.plan import Plan, PlannedFigure, stepped_levels
from kimwerk.reporting.selectors.figures import figure_table
from kimwerk.reporting.showing import title_of
from kimwerk.reporting.sizing import MOST_PRINTED
from kimwerk.reporting.types import FigureProblem

Question = tuple[str, Period, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]


@dataclass(slots=True)
class _Counter:
    """Asks the catalogue, and asks nothing twice."""

    actor: Actor
    organisation_id: int
    parameters: Mapping[str, Decimal]
    answers: dict[Question, FigureTable[Actor]] = field(default_factory=dict)

    def ask(
        self, key: str, window: Period, by: tuple[str, ...], only: Mapping[str, tuple[str, ...]]
    ) -> FigureTable[Actor]:
        question: Question = (key, window, by, tuple(sorted(only.items())))
        if question not in self.answers:
            self.answers[question] = figure_table(
                self.actor,
                key,
                window,
                by=by,
                only=only,
                organisation=self.organisation_id,
                parameters=self.parameters,
                most=MOST_PRINTED,
            )
        return self.answers[question]


def count_report(actor: Actor, plan: Plan) -> Content:
    """The report with its numbers, as the actor may count them. A figure that cannot be counted says why."""
    counter = _Counter(actor, plan.organisation_id, plan.parameters)
    today = timezone.localdate()
    levels = stepped_levels(section.level for section in plan.sections)
    sections = tuple(
        FrozenSection(
            section.heading,
            level,
            clean(section.text),
            tuple(_count(counter, plan, planned, today) for planned in section.figures),
            section.key,
        )
        for section, level in zip(plan.sections, levels, strict=True)
    )
    counted = Content(plan.title, plan.organisation, plan.window, today, sections, plan.cover, plan.expected)
    if plan.before is None:
        return counted
    return replace(counted, continues=plan.continues, changes=changes_between(plan.before, counted))


def _count(counter: _Counter, plan: Plan, planned: PlannedFigure, today: date) -> FrozenFigure:
    window = planned.window or plan.window
    bare = FrozenFigure(planned.key, planned.caption or planned.key, window, today, None, planned.chart)
    try:
        declared = figure(planned.key)
        by = declared.by if planned.by is None else planned.by
        bare = replace(bare, title=planned.caption or title_of(declared, by))
        table = counter.ask(planned.key, window, by, planned.only)
        narrowed = tuple(_narrowing(counter, planned, window, key) for key in planned.only)
    except UnknownFigure:
        return replace(bare, problem=FigureProblem.UNKNOWN_FIGURE, problem_subject=planned.key)
    except QueryError as error:
        return replace(bare, problem=FigureProblem(error.problem.value), problem_subject=error.subject)
    return replace(bare, table=table, counted_on=table.counted_on, narrowed=narrowed)


def _narrowing(counter: _Counter, planned: PlannedFigure, window: Period, key: str) -> Narrowing:
    """The members to which a figure is narrowed, by their names."""
    table = counter.ask(planned.key, window, (key,), {key: planned.only[key]})
    names = {member.key: member.label for axis in table.counted.axes for member in axis.members}
    title = str(table.figure.dimension(key).title)
    return Narrowing(title, tuple(names.get(member, member) for member in planned.only[key]))
