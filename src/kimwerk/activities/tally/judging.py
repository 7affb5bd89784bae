"""From a row of cells to a draft, or to the problems that keep it from being one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Generic, TypeVar

from kimwerk.activities.days import DaySpan
from kimwerk.activities.guard import personal_trait
from kimwerk.activities.tally.fields import Mapping, MappingError, TallyField
from kimwerk.activities.tally.values import (
    ERRORS,
    SEPARATORS,
    read_days,
    read_minutes,
    read_whole_number,
    split_values,
    words_of,
)
from kimwerk.activities.tally.verdicts import LONGEST_EXCERPT, Draft, Problem, ProblemCode
from kimwerk.activities.vocabulary import Terms, Vocabulary
from kimwerk.kernel.sheets.sheet import Cell

MINUTES_OF_A_DAY = 24 * 60
MOST_SUGGESTED_WORDS = 500
"""Unknown words of one column that get suggestions; beyond that the wrong column was mapped."""

MOST_REMEMBERED_CELLS = 100_000

_EXTERNAL_ID = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9._:/#-]{0,63}")
_F = TallyField
T = TypeVar("T")
_Read = Callable[[Cell, TallyField], T | Problem | None]


class _Unread(Enum):
    YES = True


_UNREAD = _Unread.YES


@dataclass(frozen=True, slots=True)
class JudgingRules:
    """What holds for all rows of one import.

    Defaults stand in for columns the tally does not have; an empty cell in a column it has is missing.
    `year` completes days written without one. `partner_kinds` are kinds whose participants are partners where
    the tally has only a total; of all others they are the target group.
    """

    today: date
    earliest_day: date
    is_1904: bool = False
    year: int | None = None
    default_kind: int | None = None
    default_municipality: int | None = None
    default_site: int | None = None
    default_staff: int | None = None
    default_channel: int | None = None
    partner_kinds: frozenset[int] = frozenset()
    allows_notes: bool = False
    longest_note: int = 200
    most_participants: int = 5_000
    most_minutes: int = 60_000
    most_like_activities: int = 1_000
    longest_span: int = 366


def judge_row(
    cells: Sequence[Cell], mapping: Mapping, vocabulary: Vocabulary, rules: JudgingRules
) -> Draft | list[Problem]:
    """Judge a single row, such as one corrected on screen. For many rows make one Judge."""
    return Judge(mapping, vocabulary, rules).judge(cells)


class Judge:
    """Judges the rows of one tally; equal cells are looked up once.

    Raises MappingError when a field that only one column can hold is mapped to several.
    """

    def __init__(self, mapping: Mapping, vocabulary: Vocabulary, rules: JudgingRules) -> None:
        if repeated := mapping.repeated():
            raise MappingError("repeated_field", mapping.columns_of(repeated[0])[1])
        self._vocabulary = vocabulary
        self._rules = rules
        self._mapping = mapping
        self._day = self._column(_F.DAY, self._read_days)
        self._day_to = self._column(_F.DAY_TO, self._read_days)
        self._kind = self._terms(_F.KIND, vocabulary.kinds)
        self._channel = self._terms(_F.CHANNEL, vocabulary.channels)
        self._municipality = self._terms(_F.MUNICIPALITY, vocabulary.municipalities)
        self._site = self._terms(_F.SITE, vocabulary.sites)
        self._staff = self._terms(_F.STAFF, vocabulary.staff)
        self._referral_target = self._terms(_F.REFERRAL_TARGET, vocabulary.referral_targets)
        self._topics = self._many(_F.TOPICS, vocabulary.topics)
        self._target_groups = self._many(_F.TARGET_GROUPS, vocabulary.target_groups)
        self._legal_circles = self._many(_F.LEGAL_CIRCLES, vocabulary.legal_circles)
        self._partners = self._many(_F.PARTNERS, vocabulary.partners)
        self._total = self._column(_F.PARTICIPANTS, self._read_people)
        self._target = self._column(_F.PARTICIPANTS_TARGET, self._read_people)
        self._partner = self._column(_F.PARTICIPANTS_PARTNER, self._read_people)
        self._minutes = self._column(_F.MINUTES, self._read_duration)
        self._hours = self._column(_F.HOURS, self._read_duration)
        self._count = self._column(_F.COUNT, self._read_count)
        self._note = self._column(_F.NOTE, self._read_note)
        self._external_id = self._column(_F.EXTERNAL_ID, self._read_id)

    def judge(self, cells: Sequence[Cell]) -> Draft | list[Problem]:
        """The draft a row says, or everything that is wrong with it."""
        problems: list[Problem] = []
        rules = self._rules
        span = self._span(cells, problems)
        kind = self._required(self._kind, rules.default_kind, cells, problems)
        staff = self._required(self._staff, rules.default_staff, cells, problems)
        municipality, site = self._place(cells, problems)
        target, partner = self._people(cells, kind, problems)
        count = self._count.get(cells, problems)
        count = 1 if count is None else count
        minutes = self._duration(cells, span, count, problems)
        referral_target = self._referral(cells, kind, problems)
        channel = self._channel.get(cells, problems) if self._channel.is_mapped else rules.default_channel
        note, external_id = self._note.get(cells, problems), self._external_id.get(cells, problems)
        topics, target_groups, legal_circles, partners = (
            self._all_of(columns, cells, problems)
            for columns in (self._topics, self._target_groups, self._legal_circles, self._partners)
        )
        if problems or span is None or kind is None or staff is None or municipality is None:
            return problems
        return Draft(
            day=span.first,
            kind_id=kind,
            municipality_id=municipality,
            staff_id=staff,
            day_to=span.last if span.last != span.first else None,
            site_id=site,
            channel_id=channel,
            referral_target_id=referral_target,
            topic_ids=topics,
            target_group_ids=target_groups,
            legal_circle_ids=legal_circles,
            partner_ids=partners,
            participants_target=target,
            participants_partner=partner,
            minutes=minutes,
            count=count,
            note=note or "",
            external_id=external_id or "",
        )

    # ---- what several columns say together ----

    def _span(self, cells: Sequence[Cell], problems: list[Problem]) -> DaySpan | None:
        """First and last day, checked against today and the earliest day."""
        day = self._day.get(cells, problems)
        day_to = self._day_to.get(cells, problems)
        if day is None:
            if not self._day.failed:
                problems.append(Problem(ProblemCode.MISSING, _F.DAY))
            return None
        if day_to is not None:
            if day_to.last < day.first:
                problems.append(self._day_to.problem(ProblemCode.END_BEFORE_START, cells))
                return None
            day = DaySpan(day.first, max(day.last, day_to.last))
        if code := self._wrong_span(day):
            column = self._day_to if day_to is not None and day.last == day_to.last else self._day
            at_fault = self._day if code is ProblemCode.DATE_TOO_EARLY else column
            problems.append(at_fault.problem(code, cells))
        return day

    def _wrong_span(self, span: DaySpan) -> ProblemCode | None:
        if span.last > self._rules.today:
            return ProblemCode.DATE_IN_FUTURE
        if span.first < self._rules.earliest_day:
            return ProblemCode.DATE_TOO_EARLY
        return ProblemCode.TOO_LARGE if (span.last - span.first).days > self._rules.longest_span else None

    def _required(
        self, column: _Column[int], default: int | None, cells: Sequence[Cell], problems: list[Problem]
    ) -> int | None:
        found = column.get(cells, problems) if column.is_mapped else default
        if found is None and not column.failed:
            problems.append(Problem(ProblemCode.MISSING, column.field))
        return found

    def _place(self, cells: Sequence[Cell], problems: list[Problem]) -> tuple[int | None, int | None]:
        """Municipality and site; a site brings its municipality, and must lie in the one that is named."""
        rules = self._rules
        site = self._site.get(cells, problems) if self._site.is_mapped else rules.default_site
        municipality = self._municipality.get(cells, problems)
        term = self._vocabulary.sites.get(site) if site is not None else None
        home = term.municipality_id if term else None
        if municipality is None and not self._municipality.failed:
            municipality = home if home is not None else self._default_municipality()
            if municipality is None and not self._site.failed:
                problems.append(Problem(ProblemCode.MISSING, _F.MUNICIPALITY))
        elif home is not None and municipality is not None and home != municipality:
            if self._site.is_mapped:
                problems.append(self._site.problem(ProblemCode.SITE_ELSEWHERE, cells))
            return municipality, None
        return municipality, site

    def _default_municipality(self) -> int | None:
        return None if self._municipality.is_mapped else self._rules.default_municipality

    def _people(
        self, cells: Sequence[Cell], kind: int | None, problems: list[Problem]
    ) -> tuple[int | None, int | None]:
        """Target group and partners, from whichever two of total, target group and partners are written."""
        columns = (self._total, self._target, self._partner)
        total, target, partner = (column.get(cells, problems) for column in columns)
        if any(column.failed for column in columns) or (total is None and target is None and partner is None):
            return None, None
        if total is None:
            return target or 0, partner or 0
        if target is None and partner is None:
            return (0, total) if kind in self._rules.partner_kinds else (total, 0)
        target = total - (partner or 0) if target is None else target
        partner = total - target if partner is None else partner
        if target < 0 or partner < 0 or target + partner != total:
            problems.append(self._total.problem(ProblemCode.SPLIT_DOES_NOT_ADD_UP, cells))
        return target, partner

    def _duration(self, cells: Sequence[Cell], span: DaySpan | None, count: int, problems: list[Problem]) -> int | None:
        """Hours and minutes together; at most all day on every day, for each of the like activities."""
        minutes, hours = self._minutes.get(cells, problems), self._hours.get(cells, problems)
        if minutes is None and hours is None:
            return None
        total = (minutes or 0) + (hours or 0)
        days = (span.last - span.first).days + 1 if span else 1
        if total > min(self._rules.most_minutes, MINUTES_OF_A_DAY * days * max(1, count)):
            column = self._hours if minutes is None else self._minutes
            problems.append(column.problem(ProblemCode.TOO_LARGE, cells))
        return total

    def _referral(self, cells: Sequence[Cell], kind: int | None, problems: list[Problem]) -> int | None:
        target = self._referral_target.get(cells, problems)
        if target is not None and kind is not None and kind not in self._vocabulary.referral_kinds:
            problems.append(self._referral_target.problem(ProblemCode.TARGET_WITHOUT_REFERRAL, cells))
        return target

    # ---- what one cell says ----

    def _column(self, field: TallyField, read: _Read[T]) -> _Column[T]:
        return _Column(field, self._mapping.column_of(field), read, self._rules.today)

    def _terms(self, field: TallyField, terms: Terms) -> _Column[int]:
        return self._column(field, _Finder(terms, self._rules.today).one)

    def _many(self, field: TallyField, terms: Terms) -> list[_Column[tuple[int, ...]]]:
        read = _Finder(terms, self._rules.today).all
        return [_Column(field, at, read, self._rules.today) for at in self._mapping.columns_of(field)]

    def _all_of(
        self, columns: list[_Column[tuple[int, ...]]], cells: Sequence[Cell], problems: list[Problem]
    ) -> tuple[int, ...]:
        found = [column.get(cells, problems) or () for column in columns]
        if len(found) == 1:
            return found[0]
        return tuple(sorted({term_id for ids in found for term_id in ids}))

    def _read_days(self, cell: Cell, place: TallyField) -> DaySpan | Problem | None:
        days = read_days(cell, is_1904=self._rules.is_1904, year=self._rules.year)
        return self._problem(days, cell, place) if isinstance(days, ProblemCode) else days

    def _read_people(self, cell: Cell, place: TallyField) -> int | Problem | None:
        return self._bounded(read_whole_number(cell), self._rules.most_participants, cell, place)

    def _read_count(self, cell: Cell, place: TallyField) -> int | Problem | None:
        count = self._bounded(read_whole_number(cell), self._rules.most_like_activities, cell, place)
        # a row that stands for no activity at all says nothing that could be stored
        return self._problem(ProblemCode.MISSING, cell, place) if count == 0 else count

    def _read_duration(self, cell: Cell, place: TallyField) -> int | Problem | None:
        minutes = read_minutes(cell, in_hours=place is _F.HOURS)
        return self._problem(minutes, cell, place) if isinstance(minutes, ProblemCode) else minutes

    def _bounded(
        self, number: int | ProblemCode | None, most: int, cell: Cell, place: TallyField
    ) -> int | Problem | None:
        if isinstance(number, ProblemCode):
            return self._problem(number, cell, place)
        if number is not None and number > most:
            return self._problem(ProblemCode.TOO_LARGE, cell, place)
        return number

    def _read_note(self, cell: Cell, place: TallyField) -> str | Problem | None:
        text = " ".join(words_of(cell).split())
        if not text:
            return None
        if not self._rules.allows_notes:
            return Problem(ProblemCode.NOTE_NOT_ALLOWED, place)
        if personal_trait(text, self._rules.today):
            return Problem(ProblemCode.PERSONAL_DATA, place)
        if len(text) > self._rules.longest_note:
            return self._problem(ProblemCode.TEXT_TOO_LONG, cell, place)
        return text

    def _read_id(self, cell: Cell, place: TallyField) -> str | Problem | None:
        text = words_of(cell)
        if not text:
            return None
        if personal_trait(text, self._rules.today):
            return Problem(ProblemCode.PERSONAL_DATA, place)
        return text if _EXTERNAL_ID.fullmatch(text) else self._problem(ProblemCode.NOT_AN_ID, cell, place)

    def _problem(self, code: ProblemCode, cell: Cell, place: TallyField) -> Problem:
        return Problem(code, place, excerpt(cell, place, self._rules.today))


class _Column(Generic[T]):
    """One column, or none, that holds a field. `failed` is about the row that was read last."""

    __slots__ = ("_at", "_cache", "_read", "_today", "failed", "field", "is_mapped")

    def __init__(self, field: TallyField, at: int | None, read: _Read[T], today: date) -> None:
        self.field = field
        self.is_mapped = at is not None
        self.failed = False
        self._at = -1 if at is None else at
        self._read = read
        self._today = today
        self._cache: dict[tuple[type, Cell], T | Problem | None] = {}

    def get(self, cells: Sequence[Cell], problems: list[Problem]) -> T | None:
        """What the cell says; a problem is added to the problems of the row."""
        self.failed = False
        if not self.is_mapped or self._at >= len(cells) or (cell := cells[self._at]) is None:
            return None
        key = (cell.__class__, cell)
        found = self._cache.get(key, _UNREAD)
        if isinstance(found, _Unread):
            found = self._remember(key, self._read(cell, self.field))
        if isinstance(found, Problem):
            problems.append(found)
            self.failed = True
            return None
        return found

    def _remember(self, key: tuple[type, Cell], found: T | Problem | None) -> T | Problem | None:
        if len(self._cache) >= MOST_REMEMBERED_CELLS:
            self._cache.clear()
        self._cache[key] = found
        return found

    def problem(self, code: ProblemCode, cells: Sequence[Cell]) -> Problem:
        """A problem of this column that only other columns bring to light."""
        cell = cells[self._at] if 0 <= self._at < len(cells) else None
        return Problem(code, self.field, excerpt(cell, self.field, self._today))


class _Finder:
    """Finds the ids of words in one list."""

    def __init__(self, terms: Terms, today: date) -> None:
        self._terms = terms
        self._today = today
        self._unknown = 0

    def one(self, cell: Cell, place: TallyField) -> int | Problem | None:
        """The id of the one thing a cell names."""
        text = words_of(cell)
        return self._id(text, place, text) if text else None

    def _id(self, text: str, place: TallyField, cell: Cell) -> int | Problem:
        if text in ERRORS:
            return Problem(ProblemCode.FORMULA_ERROR, place, text)
        found = self._terms.look_up(text, suggests=self._unknown < MOST_SUGGESTED_WORDS)
        if found.term:
            return found.term.id
        self._unknown += 1
        code = ProblemCode.AMBIGUOUS if found.choices else ProblemCode.UNKNOWN
        suggestions = tuple(term.id for term in found.choices or found.suggestions)
        shown = excerpt(text, place, self._today)
        if text is not cell and not excerpt(cell, place, self._today):
            shown = ""  # a part of a cell that points to a person
        return Problem(code, place, shown, suggestions)

    def all(self, cell: Cell, place: TallyField) -> tuple[int, ...] | Problem | None:
        """The ids of everything a cell names, sorted; the first word that is not known is the problem."""
        ids: set[int] = set()
        for text in self._parts(words_of(cell), 0):
            found = self._id(text, place, cell)
            if isinstance(found, Problem):
                return found
            ids.add(found)
        return tuple(sorted(ids)) or None

    def _parts(self, text: str, strength: int) -> Iterator[str]:
        """The names in a text, cut no more than needed: "Schule/Kita" may be one name."""
        if strength == len(SEPARATORS) or self._terms.exactly(text):
            yield text
            return
        for part in split_values(text, strength):
            yield from self._parts(part, strength + 1)


def excerpt(cell: Cell, place: TallyField, today: date) -> str:
    """The beginning of a value, to recognise it by; nothing of what looks like personal data."""
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    text = " ".join(words_of(cell).split())
    if place not in {_F.DAY, _F.DAY_TO} and personal_trait(text, today):
        return ""
    return text[:LONGEST_EXCERPT]
