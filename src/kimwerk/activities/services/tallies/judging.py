"""Judging rows with what only the diary knows: whose they are, and which categories held on their day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kimwerk.access.actors import Actor
from kimwerk.activities.days import DaySpan
from kimwerk.activities.policies import may_import_for
from kimwerk.activities.selectors.book import Book
from kimwerk.activities.services.judging import FIRST_DAY, LONGEST_NOTE
from kimwerk.activities.states import Remark
from kimwerk.activities.tally import Draft, Judge, JudgingRules, Mapping, Problem, ProblemCode, TallyField, TallyPlan
from kimwerk.activities.tally.values import read_days
from kimwerk.activities.types import CategoryList
from kimwerk.activities.vocabulary import Lookup, Term, Terms, Vocabulary
from kimwerk.kernel.sheets import Cell

_MONTH_FIRST = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})([/-]\d{2,4})(.*)", re.DOTALL)
_F = TallyField


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a row or worth knowing: a code of ProblemCode, Remark or SkipReason, and where."""

    code: str
    field: str = ""
    excerpt: str = ""
    suggestions: tuple[int, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The finding as it is stored; what is empty is left out."""
        stored: dict[str, object] = {"code": self.code}
        if self.field:
            stored["field"] = self.field
        if self.excerpt:
            stored["excerpt"] = self.excerpt
        if self.suggestions:
            stored["suggestions"] = list(self.suggestions)
        return stored


def vocabulary_of(book: Book, day: date | None) -> Vocabulary:
    """The words for rows of a day, of the past too; with None those of all times.

    Unlike the words of the quick line they hold everybody who ever worked here, and closed sites.
    """
    lists = {
        name: Terms(Term(fact.id, fact.label, fact.words) for fact in book.of(category_list, on=day))
        for name, category_list in _LISTS.items()
    }
    kinds = book.of(CategoryList.KIND, on=day)
    return replace(
        book.vocabulary,
        **lists,
        sites=Terms(Term(s.id, s.label, (), s.place_id) for s in book.sites.values() if s.is_near),
        staff=Terms(Term(person.id, person.label, person.words) for person in book.staff.values()),
        referral_kinds=frozenset(kind.id for kind in kinds if kind.is_referral),
    )


_LISTS = {
    "kinds": CategoryList.KIND,
    "channels": CategoryList.CHANNEL,
    "topics": CategoryList.TOPIC,
    "target_groups": CategoryList.TARGET_GROUP,
    "legal_circles": CategoryList.LEGAL_CIRCLE,
    "referral_targets": CategoryList.REFERRAL_TARGET,
}
_LIST_OF_FIELD = {
    _F.KIND: "kinds",
    _F.CHANNEL: "channels",
    _F.TOPICS: "topics",
    _F.TARGET_GROUPS: "target_groups",
    _F.LEGAL_CIRCLES: "legal_circles",
    _F.REFERRAL_TARGET: "referral_targets",
}


@dataclass(frozen=True, slots=True)
class Bench:
    """What rows are judged by: who imports into whose diary, the names there, and how the file is read."""

    actor: Actor
    organisation_id: int
    book: Book
    plan: TallyPlan
    is_1904: bool = False
    allows_notes: bool = False


class RowJudge:
    """Judges the rows of one import; equal cells are looked up once."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._plan = bench.plan
        self._mapping: Mapping = bench.plan.mapping
        self._day_columns = [*self._mapping.columns_of(_F.DAY), *self._mapping.columns_of(_F.DAY_TO)]
        self._cuts = _cuts(bench.book)
        self._judges: dict[int, Judge] = {}
        self._epochs: dict[tuple[type, Cell], int] = {}
        self._allowed: dict[tuple[int, int], bool] = {}
        self._of_all_times: Vocabulary | None = None

    def judge(self, cells: Sequence[Cell]) -> Draft | list[Finding]:
        """The draft a row says, or everything that is wrong with it."""
        if self._plan.is_month_first:
            cells = self._with_days_first(cells)
        epoch = self._epoch(cells) if self._cuts else 0
        judged = self._judge_of(epoch).judge(cells)
        if not isinstance(judged, Draft):
            return [self._finding(problem) for problem in judged]
        whose = (judged.municipality_id, judged.staff_id)
        if whose not in self._allowed:
            bench = self._bench
            self._allowed[whose] = may_import_for(bench.actor, bench.organisation_id, *whose)
        return judged if self._allowed[whose] else [Finding(Remark.NOT_YOURS, _F.STAFF)]

    def _judge_of(self, epoch: int) -> Judge:
        if epoch not in self._judges:
            self._judges[epoch] = Judge(self._mapping, self._vocabulary(epoch), self._rules())
        return self._judges[epoch]

    def _vocabulary(self, epoch: int) -> Vocabulary:
        if not self._cuts:
            return vocabulary_of(self._bench.book, self._bench.book.today)
        return vocabulary_of(self._bench.book, self._cuts[epoch - 1] if epoch else self._cuts[0] - timedelta(days=1))

    def _rules(self) -> JudgingRules:
        plan = self._plan
        return JudgingRules(
            today=self._bench.book.today,
            earliest_day=FIRST_DAY,
            is_1904=self._bench.is_1904,
            year=plan.year,
            default_kind=plan.kind_id,
            default_municipality=plan.municipality_id,
            default_site=plan.site_id,
            default_staff=plan.staff_id,
            default_channel=plan.channel_id,
            partner_kinds=plan.partner_kinds,
            allows_notes=self._bench.allows_notes,
            longest_note=LONGEST_NOTE,
        )

    def _epoch(self, cells: Sequence[Cell]) -> int:
        """Which stretch between two changes of the categories the row's day lies in."""
        at = self._mapping.column_of(_F.DAY)
        cell = cells[at] if at is not None and at < len(cells) else None
        key = (cell.__class__, cell)
        if key not in self._epochs:
            days = read_days(cell, is_1904=self._bench.is_1904, year=self._plan.year)
            day = days.first if isinstance(days, DaySpan) else self._bench.book.today
            if len(self._epochs) > 100_000:
                self._epochs.clear()
            self._epochs[key] = bisect_right(self._cuts, day)
        return self._epochs[key]

    def _finding(self, problem: Problem) -> Finding:
        code: str = problem.code.value
        if problem.code is ProblemCode.UNKNOWN and self._cuts and self._was_known(problem):
            code = Remark.NOT_VALID_THEN.value
        return Finding(code, problem.field.value, problem.excerpt, problem.suggestions)

    def _was_known(self, problem: Problem) -> bool:
        """Whether a word that means nothing on that day means something on others."""
        name = _LIST_OF_FIELD.get(problem.field)
        if name is None or not problem.excerpt:
            return False
        if self._of_all_times is None:
            self._of_all_times = vocabulary_of(self._bench.book, None)
        terms: Terms = getattr(self._of_all_times, name)
        found: Lookup = terms.look_up(problem.excerpt, suggests=False)
        return found.term is not None

    def _with_days_first(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        turned = list(cells)
        for at in self._day_columns:
            cell = turned[at] if at < len(turned) else None
            if isinstance(cell, str) and (found := _MONTH_FIRST.fullmatch(cell)):
                turned[at] = f"{found[3]}{found[2]}{found[1]}{found[4]}{found[5]}"
        return turned


def _cuts(book: Book) -> list[date]:
    """The days on which a category begins, or has just ended."""
    begun = {fact.valid_from for fact in book.categories.values() if fact.valid_from}
    ended = {fact.valid_until + timedelta(days=1) for fact in book.categories.values() if fact.valid_until}
    return sorted(begun | ended)
