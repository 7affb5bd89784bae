"""A question of the explorer and its answer: counted, protected where needed, related to people, and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import MOST_DIMENSIONS, Figure, FigureQuery, FigureTable, QueryError, QueryProblem
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figure
from kimwerk.reporting.denominators import Denominator, may_relate, related
from kimwerk.reporting.protecting import COUNT_BEHIND, Protected, needs_protection, protected
from kimwerk.reporting.selectors.breaks import Interruption, interruptions
from kimwerk.reporting.selectors.figures import question_of
from kimwerk.reporting.sizing import MOST_SHOWN, answered

ROOMS_WITH_LISTS = frozenset({"activities", "casework"})
"""Rooms that count by lists of categories which end and begin."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a figure over a window, broken down, narrowed, against another window, per so many people."""

    figure: Figure[Actor]
    window: Period
    by: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    organisation: int | None = None
    parameters: Mapping[str, Decimal] = field(default_factory=dict)
    against: Period | None = None
    per: Denominator | None = None


@dataclass(frozen=True, slots=True)
class Explored:
    """The answer, the one of the other window where that was asked for, and how many cells are hidden in both."""

    table: FigureTable[Actor]
    before: FigureTable[Actor] | None = None
    hidden: int = 0
    is_protected: bool = False
    interruptions: tuple[Interruption, ...] = ()


def explore(actor: Actor, question: Question) -> Explored:
    """The answer as this actor may see it. QueryError, TableTooLarge or NotWholeMonths if there is none.

    The actor must be named to the database.
    """
    if len(question.by) > MOST_DIMENSIONS:
        raise QueryError(QueryProblem.TOO_MANY_DIMENSIONS)
    now, hidden = _count(actor, question, question.window)
    before = None
    if question.against:
        before, hidden_then = _count(actor, question, question.against)
        hidden += hidden_then
    if question.per and may_relate(question.figure):
        now = related(actor, now, question.per)
        before = related(actor, before, question.per) if before else None
    met = interruptions(question.by, _span(question)) if question.figure.room in ROOMS_WITH_LISTS else ()
    return Explored(now, before, hidden, needs_protection(actor, question.figure), met)


def _span(question: Question) -> Period:
    """From the first to the last day that is asked for."""
    other = question.against or question.window
    return Period(min(question.window.start, other.start), max(question.window.end, other.end))


def _count(actor: Actor, question: Question, window: Period) -> tuple[FigureTable[Actor], int]:
    declared = question.figure
    query = question_of(actor, declared, window, question.by, question.only, question.organisation, question.parameters)
    answer = answer_for(actor, declared, query)
    return FigureTable(declared, query, answer.counted, timezone.localdate()), answer.hidden


def answer_for(actor: Actor, declared: Figure[Actor], query: FigureQuery) -> Protected:
    """The answer to a question as this actor may see it, with the number of cells that are hidden."""
    if not needs_protection(actor, declared):
        return Protected(answered(actor, declared, query, MOST_SHOWN), 0, 0)
    behind = COUNT_BEHIND.get(declared.key)
    return protected(actor, declared, query, figure(behind) if behind else None)


def plain(question: Question) -> Question:
    """The question without comparison and people: what a report can hold."""
    return replace(question, against=None, per=None)
