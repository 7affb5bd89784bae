"""What a row of a list says about somebody, or everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kimwerk.activities.days import DaySpan
from kimwerk.activities.tally.values import ERRORS, read_days, words_of
from kimwerk.activities.tally.verdicts import ProblemCode
from kimwerk.arrivals.importing.fields import ListField, ListPlan
from kimwerk.arrivals.rules import age_on
from kimwerk.arrivals.types import MemberFacts, Problems, SharedFacts
from kimwerk.kernel.names import text_key, tidy, unaccepted
from kimwerk.kernel.sheets.sheet import Cell
from kimwerk.persons.scripts import transliterations
from kimwerk.persons.texts import problem_of_latin_name
from kimwerk.persons.types import PersonProblem, Sex

_F = ListField
OLDEST = 120
LONGEST_EXCERPT = 40
LONGEST_NAME = 120
_MONTH_FIRST = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})([/-]\d{2,4})(.*)", re.DOTALL)
_POSTCODE_TOWN = re.compile(r"(?:D[- ]?)?(\d{5})\s+(\S.*)")
_FOUR_DIGITS = re.compile(r"\d{4}")
_SEXES = {
    **dict.fromkeys(("m", "maennlich", "mann", "male", "herr", "junge", "maenn"), Sex.MALE),
    **dict.fromkeys(("w", "weiblich", "frau", "f", "female", "maedchen", "weibl"), Sex.FEMALE),
    **dict.fromkeys(("d", "divers", "x", "diverse"), Sex.DIVERSE),
    **dict.fromkeys(("u", "unbekannt", "unknown"), Sex.UNKNOWN),
}
_YES = frozenset(["ja", "j", "x", "yes", "y", "1", "wahr", "true", "benoetigt", "erforderlich", "bedarf", "dringend"])
_NO = frozenset(["nein", "n", "no", "0", "falsch", "false", "keine", "kein", "entfaellt"])


class RowProblem(StrEnum):
    """What is wrong with a row, beside what the registration itself finds (`PersonProblem`)."""

    NOT_A_SEX = "not_a_sex"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_AN_AGE = "not_an_age"
    TOO_OLD = "too_old"  # nobody gets that old
    AGE_AND_BIRTH = "age_and_birth"  # they contradict each other
    SHIFTED = "shifted"  # everything stands one column too far to one side
    UNKNOWN_PLACE = "unknown_place"
    NOT_YOURS = "not_yours"  # a municipality for which the actor does not register
    OTHER_ROW = "other_row"  # the same person stands in the file already, with other details


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a row, where, and what it might be instead."""

    code: str
    field: str = ""
    excerpt: str = ""
    suggestions: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The finding as it is stored; what is empty is left out."""
        stored = {
            "code": self.code,
            "field": self.field,
            "excerpt": self.excerpt,
            "suggestions": list(self.suggestions),
        }
        return {name: value for name, value in stored.items() if value}


@dataclass(frozen=True, slots=True)
class Draft:
    """Somebody ready to be registered. `family_mark` is what the members of their family have in common."""

    member: MemberFacts
    shared: SharedFacts
    family_mark: str = ""
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What rows are judged by: the plan, the words of the lists, and the rules of the registration itself.

    `places` and `nations` give a number or key for the folded word; `allowed` are the municipalities in which the
    actor may register; `collected` are the columns that an office may have; `objections` are those that the
    registration by hand would make.
    """

    plan: ListPlan
    places: Mapping[str, int]
    nations: Mapping[str, str]
    allowed: frozenset[int]
    today: date
    collected: frozenset[str]
    objections: Callable[[MemberFacts, SharedFacts], Problems]
    is_1904: bool = False


class RowJudge:
    """Judges the rows of one list."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._at = bench.plan.places()

    def judge(self, cells: Sequence[Cell], before: Sequence[Cell] = ()) -> Draft | list[Finding]:
        """The draft a row says, or everything wrong with it. `before` is the row as the file had it."""
        found = self._read(cells, before)
        if isinstance(found, Draft) or len(found) < 2:
            return found
        for shifted in (cells[1:], [None, *cells]):
            if isinstance(self._read(shifted, ()), Draft):
                return [Finding(RowProblem.SHIFTED)]
        return found

    def unshifted(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        """The row with everything in its place, if moving it by one column does that."""
        for shifted in (cells[1:], [None, *cells]):
            if isinstance(self._read(shifted, ()), Draft):
                return shifted
        return cells

    def _read(self, cells: Sequence[Cell], before: Sequence[Cell]) -> Draft | list[Finding]:
        row = _Row(self._bench, self._at, cells, before)
        draft = row.draft()
        return row.findings or as_findings(self._bench.objections(draft.member, draft.shared)) or draft


class _Row:
    """One row that is being read; what is wrong is collected."""

    def __init__(
        self, bench: Bench, at: Mapping[ListField, int], cells: Sequence[Cell], before: Sequence[Cell]
    ) -> None:
        self._bench, self._at, self._cells, self._before = bench, at, cells, before
        self.findings: list[Finding] = []

    def draft(self) -> Draft:
        """What the row says; only worth something where nothing was found."""
        family, given = self._names()
        born = self._day(_F.BIRTH_DATE)
        self._compare_age(born)
        postcode, town = self._town()
        member = MemberFacts(
            family_name=family,
            given_names=given,
            original_family=self._original(_F.ORIGINAL_FAMILY, _F.FAMILY_NAME),
            original_given=self._original(_F.ORIGINAL_GIVEN, _F.GIVEN_NAMES),
            sex=self._sex(),
            birth_date=born,
            nationality=self._nationality(),
            needs_school=self._yes(_F.NEEDS_SCHOOL),
            needs_childcare=self._yes(_F.NEEDS_CHILDCARE),
            is_health_urgent=self._yes(_F.IS_HEALTH_URGENT),
            guardian=self._text(_F.GUARDIAN),
        )
        shared = SharedFacts(
            municipality_id=self._municipality(),
            arrived_on=self._day(_F.ARRIVED_ON) or self._bench.plan.arrived_on or self._bench.today,
            street=self._text(_F.STREET),
            postcode=postcode,
            town=town,
            host=self._text(_F.HOST),
            phone=self._text(_F.PHONE),
        )
        self._need_arrival()
        return Draft(member, shared, text_key(self._text(_F.FAMILY)), self._text(_F.EXTERNAL_ID)[:60])

    def _cell(self, field: ListField) -> Cell:
        at = self._at.get(field)
        return self._cells[at] if at is not None and at < len(self._cells) else None

    def _text(self, field: ListField) -> str:
        text = tidy(words_of(self._cell(field)))
        if text in ERRORS:
            self._wrong(ProblemCode.FORMULA_ERROR, field, text)
            return ""
        return text

    def _wrong(self, code: str, field: ListField, excerpt: str = "", *suggestions: str) -> None:
        self.findings.append(Finding(code, field.value, excerpt[:LONGEST_EXCERPT], suggestions))

    def _names(self) -> tuple[str, str]:
        family, given = self._text(_F.FAMILY_NAME), self._text(_F.GIVEN_NAMES)
        if not family and (whole := self._text(_F.FULL_NAME)):
            ahead, comma, behind = whole.partition(",")
            first, _blank, last = whole.rpartition(" ")
            family, given = (ahead.strip(), behind.strip()) if comma else (last, first or given)
        if _F.GIVEN_NAMES.value not in self._bench.collected:
            given = ""
        for field, name in ((_F.FAMILY_NAME, family), (_F.GIVEN_NAMES, given)):
            problem = problem_of_latin_name(name, LONGEST_NAME)
            if problem and problem.kind is PersonProblem.NOT_LATIN:
                self._wrong(problem.kind, self._column_of(field), name, *_in_latin(name))
            elif problem:
                self._wrong(problem.kind, self._column_of(field), problem.detail)
        if not family:
            self._wrong(PersonProblem.MISSING, self._column_of(_F.FAMILY_NAME))
        return family, given

    def _column_of(self, field: ListField) -> ListField:
        return field if field in self._at else _F.FULL_NAME

    def _original(self, field: ListField, latin: ListField) -> str:
        """Its own column; else what the file had before somebody wrote it in Latin letters."""
        if field.value not in self._bench.collected:
            return ""
        if text := self._text(field):
            return text
        at = self._at.get(latin)
        before = tidy(words_of(self._before[at])) if at is not None and at < len(self._before) else ""
        return before if before and unaccepted(before) else ""

    def _day(self, field: ListField) -> date | None:
        cell = self._cell(field)
        if self._bench.plan.is_month_first and isinstance(cell, str) and (found := _MONTH_FIRST.fullmatch(cell)):
            cell = f"{found[3]}{found[2]}{found[1]}{found[4]}{found[5]}"
        read = read_days(cell, is_1904=self._bench.is_1904)
        if isinstance(read, DaySpan) and read.first == read.last:
            is_short = isinstance(cell, str) and not _FOUR_DIGITS.search(cell)
            return (
                _of_last_century(read.first, self._bench.today) if field is _F.BIRTH_DATE and is_short else read.first
            )
        if read is not None:
            code = ProblemCode.NOT_A_DATE if isinstance(read, DaySpan) else read
            self._wrong(code, field, words_of(cell))
        return None

    def _need_arrival(self) -> None:
        if not words_of(self._cell(_F.ARRIVED_ON)) and self._bench.plan.arrived_on is None:
            self._wrong(PersonProblem.MISSING, _F.ARRIVED_ON)

    def _compare_age(self, born: date | None) -> None:
        text = self._text(_F.AGE)
        if not text:
            return
        if not text.isdecimal() or len(text) > 3:
            self._wrong(RowProblem.NOT_AN_AGE, _F.AGE, text)
        elif int(text) > OLDEST:
            self._wrong(RowProblem.TOO_OLD, _F.AGE, text)
        elif born and abs(age_on(born, self._bench.today) - int(text)) > self._years_since_written():
            self._wrong(RowProblem.AGE_AND_BIRTH, _F.AGE, text)

    def _years_since_written(self) -> int:
        """An age was true when the list was written, at the earliest when people arrived."""
        arrived = self._bench.plan.arrived_on or self._bench.today
        read = read_days(self._cell(_F.ARRIVED_ON), is_1904=self._bench.is_1904)
        first = read.first if isinstance(read, DaySpan) else arrived
        return 1 + max(0, self._bench.today.year - first.year)

    def _town(self) -> tuple[str, str]:
        postcode, town = self._text(_F.POSTCODE), self._text(_F.TOWN)
        if found := _POSTCODE_TOWN.fullmatch(town):
            return postcode or found[1], found[2]
        return postcode, town

    def _sex(self) -> Sex:
        text = self._text(_F.SEX)
        sex = _SEXES.get(text_key(text)) if text else Sex.UNKNOWN
        if sex is None:
            self._wrong(RowProblem.NOT_A_SEX, _F.SEX, text)
        return sex or Sex.UNKNOWN

    def _yes(self, field: ListField) -> bool:
        word = text_key(self._text(field))
        if word in _YES:
            return True
        if word and word not in _NO:
            self._wrong(RowProblem.NOT_YES_OR_NO, field, self._text(field))
        return False

    def _nationality(self) -> str:
        text = self._text(_F.NATIONALITY)
        if not text:
            return self._bench.plan.nationality
        found = self._bench.nations.get(text_key(text), "")
        if not found:
            self._wrong(PersonProblem.UNKNOWN, _F.NATIONALITY, text)
        return found

    def _municipality(self) -> int:
        text = self._text(_F.MUNICIPALITY)
        found = self._bench.places.get(text_key(text)) if text else self._bench.plan.municipality_id
        if found is None:
            self._wrong(RowProblem.UNKNOWN_PLACE if text else PersonProblem.MISSING, _F.MUNICIPALITY, text)
        elif found not in self._bench.allowed:
            self._wrong(RowProblem.NOT_YOURS, _F.MUNICIPALITY, text)
        return found or 0


def _of_last_century(day: date, today: date) -> date:
    """A birth date with two digits of the year that would lie in the future."""
    return day.replace(year=day.year - 100) if day > today and (day.month, day.day) != (2, 29) else day


def _in_latin(name: str) -> tuple[str, ...]:
    """How a name in another script may be written in Latin letters, word by word."""
    words = [next(iter(transliterations(word)), "") for word in name.split()]
    return (" ".join(word.title() for word in words),) if all(words) else ()


def as_findings(problems: Problems) -> list[Finding]:
    """What the registration itself found wrong, as findings of a row."""
    return [Finding(problem.kind.value, field.value, problem.detail) for field, problem in problems.items()]
