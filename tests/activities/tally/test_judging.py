"""A row becomes a draft, or says in codes everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.activities.tally import (
    Draft,
    Judge,
    JudgingRules,
    MappedColumn,
    Mapping,
    MappingError,
    Problem,
    ProblemCode,
    TallyField,
    judge_row,
)
from kimwerk.activities.vocabulary import Vocabulary
from kimwerk.kernel.sheets import Cell

F = TallyField
DAY = date(2022, 4, 21)
RULES = JudgingRules(today=date(2022, 5, 10), earliest_day=date(2020, 1, 1), default_staff=91)
BASE: dict[TallyField, Cell] = {F.DAY: DAY, F.KIND: "Workshop", F.MUNICIPALITY: "Hennef"}


def judged(
    vocabulary: Vocabulary, values: dict[TallyField, Cell], rules: JudgingRules = RULES
) -> Draft | list[Problem]:
    row = {**BASE, **values}
    mapping = Mapping(tuple(MappedColumn(field.value, field) for field in row))
    return judge_row(list(row.values()), mapping, vocabulary, rules)


def draft_of(
    vocabulary: Vocabulary, values: dict[TallyField, Cell] | None = None, rules: JudgingRules = RULES
) -> Draft:
    found = judged(vocabulary, values or {}, rules)
    assert isinstance(found, Draft), found
    return found


def problem_of(vocabulary: Vocabulary, values: dict[TallyField, Cell], rules: JudgingRules = RULES) -> Problem:
    found = judged(vocabulary, values, rules)
    assert isinstance(found, list)
    (problem,) = found
    return problem


def test_a_row_with_everything(vocabulary: Vocabulary) -> None:
    draft = draft_of(
        vocabulary,
        {
            F.DAY: "01.03.2022",
            F.DAY_TO: "02.03.2022",
            F.KIND: "Verweisberatung",
            F.CHANNEL: "tel",
            F.MUNICIPALITY: "Hennef (Sieg), Stadt",
            F.SITE: "MGH Hennef",
            F.STAFF: "Muster, Moritz",
            F.TOPICS: "Wohnen, Schule/Kita und Arbeit",
            F.TARGET_GROUPS: "Ukraine; EU-Bürger",
            F.LEGAL_CIRCLES: "SGB II/AsylbLG",
            F.PARTNERS: "Caritas\nJobcenter",
            F.PARTICIPANTS: "5 TN",
            F.PARTICIPANTS_TARGET: 3,
            F.PARTICIPANTS_PARTNER: 2.0,
            F.HOURS: "1,5",
            F.REFERRAL_TARGET: "MBE",
            F.EXTERNAL_ID: "A-4711",
            F.IGNORE: "irgendetwas",
        },
    )
    assert draft == Draft(
        day=date(2022, 3, 1),
        day_to=date(2022, 3, 2),
        kind_id=2,
        channel_id=32,
        municipality_id=103,
        site_id=82,
        staff_id=92,
        topic_ids=(41, 42, 43),
        target_group_ids=(51, 53),
        legal_circle_ids=(61, 62),
        partner_ids=(111, 112),
        participants_target=3,
        participants_partner=2,
        minutes=90,
        referral_target_id=73,
        external_id="A-4711",
    )


def test_what_nobody_wrote_down_stays_open(vocabulary: Vocabulary) -> None:
    draft = draft_of(vocabulary, {F.PARTICIPANTS: None, F.MINUTES: "-", F.TOPICS: "", F.SITE: None})
    assert draft == Draft(day=DAY, kind_id=3, municipality_id=103, staff_id=91)


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({F.DAY: None}, ProblemCode.MISSING, F.DAY),
        ({F.DAY: "31.02.2022"}, ProblemCode.IMPOSSIBLE_DATE, F.DAY),
        ({F.DAY: "irgendwann"}, ProblemCode.NOT_A_DATE, F.DAY),
        ({F.DAY: "21.4."}, ProblemCode.NO_YEAR, F.DAY),
        ({F.DAY: "11.05.2022"}, ProblemCode.DATE_IN_FUTURE, F.DAY),
        ({F.DAY: "31.12.2019"}, ProblemCode.DATE_TOO_EARLY, F.DAY),
        ({F.DAY_TO: "20.04.2022"}, ProblemCode.END_BEFORE_START, F.DAY_TO),
        ({F.DAY_TO: "20.05.2022"}, ProblemCode.DATE_IN_FUTURE, F.DAY_TO),
        ({F.DAY: "01.01.2021", F.DAY_TO: "01.04.2022"}, ProblemCode.TOO_LARGE, F.DAY_TO),
        ({F.KIND: None}, ProblemCode.MISSING, F.KIND),
        ({F.KIND: "Wrkshp"}, ProblemCode.UNKNOWN, F.KIND),
        ({F.KIND: "Gespräche"}, ProblemCode.AMBIGUOUS, F.KIND),
        ({F.KIND: "#REF!"}, ProblemCode.FORMULA_ERROR, F.KIND),
        ({F.MUNICIPALITY: None}, ProblemCode.MISSING, F.MUNICIPALITY),
        ({F.MUNICIPALITY: "Entenhausen"}, ProblemCode.UNKNOWN, F.MUNICIPALITY),
        ({F.SITE: "Rathaus Troisdorf"}, ProblemCode.SITE_ELSEWHERE, F.SITE),
        ({F.STAFF: "XY"}, ProblemCode.UNKNOWN, F.STAFF),
        ({F.STAFF: None}, ProblemCode.MISSING, F.STAFF),
        ({F.CHANNEL: "Brieftaube"}, ProblemCode.UNKNOWN, F.CHANNEL),
        ({F.TOPICS: "Wohnen, Quidditch"}, ProblemCode.UNKNOWN, F.TOPICS),
        ({F.PARTICIPANTS: "-3"}, ProblemCode.NEGATIVE, F.PARTICIPANTS),
        ({F.PARTICIPANTS: "2,5"}, ProblemCode.NOT_WHOLE, F.PARTICIPANTS),
        ({F.PARTICIPANTS: "ca. 3"}, ProblemCode.INEXACT, F.PARTICIPANTS),
        ({F.PARTICIPANTS_PARTNER: 5001}, ProblemCode.TOO_LARGE, F.PARTICIPANTS_PARTNER),
        ({F.MINUTES: -5}, ProblemCode.NEGATIVE, F.MINUTES),
        ({F.MINUTES: 1441}, ProblemCode.TOO_LARGE, F.MINUTES),
        ({F.HOURS: 25}, ProblemCode.TOO_LARGE, F.HOURS),
        ({F.MINUTES: "lang"}, ProblemCode.NOT_A_DURATION, F.MINUTES),
        ({F.COUNT: 0}, ProblemCode.MISSING, F.COUNT),
        ({F.COUNT: 1001}, ProblemCode.TOO_LARGE, F.COUNT),
        ({F.REFERRAL_TARGET: "Jobcenter"}, ProblemCode.TARGET_WITHOUT_REFERRAL, F.REFERRAL_TARGET),
        ({F.NOTE: "etwas"}, ProblemCode.NOTE_NOT_ALLOWED, F.NOTE),
        ({F.EXTERNAL_ID: "Frieda Beispiel"}, ProblemCode.NOT_AN_ID, F.EXTERNAL_ID),
        ({F.EXTERNAL_ID: "muster@beispiel.example"}, ProblemCode.PERSONAL_DATA, F.EXTERNAL_ID),
    ],
)
def test_what_is_wrong_is_said_with_its_field(
    vocabulary: Vocabulary, values: dict[TallyField, Cell], code: ProblemCode, field: TallyField
) -> None:
    problem = problem_of(vocabulary, values)
    assert (problem.code, problem.field) == (code, field)


def test_everything_wrong_is_said_at_once(vocabulary: Vocabulary) -> None:
    found = judged(vocabulary, {F.DAY: "31.02.2022", F.KIND: "?", F.MUNICIPALITY: "x", F.MINUTES: -1})
    assert isinstance(found, list)
    assert [problem.field for problem in found] == [F.DAY, F.KIND, F.MUNICIPALITY, F.MINUTES]


def test_an_unknown_word_comes_with_suggestions(vocabulary: Vocabulary) -> None:
    problem = problem_of(vocabulary, {F.MUNICIPALITY: "Sigburg"})
    assert (problem.excerpt, problem.suggestions) == ("Sigburg", (101,))


def test_an_ambiguous_word_comes_with_its_choices(vocabulary: Vocabulary) -> None:
    assert problem_of(vocabulary, {F.KIND: "Gespräche"}).suggestions == (4, 6)


def test_an_excerpt_is_short_and_on_one_line(vocabulary: Vocabulary) -> None:
    problem = problem_of(vocabulary, {F.KIND: "Sehr\nlanger " + "Text " * 30})
    assert problem.excerpt.startswith("Sehr langer Text")
    assert len(problem.excerpt) == 40


@pytest.mark.parametrize(
    "text", ["Frau Beispiel", "muster@beispiel.example", "0151 00000000", "Beispiel, geb. 12.03.1985"]
)
def test_an_excerpt_never_shows_what_looks_personal(vocabulary: Vocabulary, text: str) -> None:
    for field in (F.MUNICIPALITY, F.KIND, F.PARTICIPANTS, F.TOPICS, F.EXTERNAL_ID):
        found = judged(vocabulary, {field: text})
        assert isinstance(found, list)
        assert all(problem.excerpt == "" for problem in found)


def test_a_note_is_kept_where_notes_are_allowed(vocabulary: Vocabulary) -> None:
    rules = replace(RULES, allows_notes=True, longest_note=20)
    assert draft_of(vocabulary, {F.NOTE: " Runder \n Tisch "}, rules).note == "Runder Tisch"
    assert problem_of(vocabulary, {F.NOTE: "x" * 21}, rules).code is ProblemCode.TEXT_TOO_LONG
    for personal in ("Frau Beispiel", "muster@beispiel.example", "0151 00000000", "geb. 12.03.1985"):
        problem = problem_of(vocabulary, {F.NOTE: personal}, replace(rules, longest_note=200))
        assert (problem.code, problem.excerpt) == (ProblemCode.PERSONAL_DATA, "")


@pytest.mark.parametrize(
    ("total", "target", "partner", "expected"),
    [
        (None, None, None, (None, None)),
        (5, None, None, (5, 0)),
        (None, 3, None, (3, 0)),
        (None, None, 2, (0, 2)),
        (None, 3, 2, (3, 2)),
        (5, 3, None, (3, 2)),
        (5, None, 2, (3, 2)),
        (5, 3, 2, (3, 2)),
        (0, None, None, (0, 0)),
    ],
)
def test_participants_from_what_is_written(
    vocabulary: Vocabulary, total: Cell, target: Cell, partner: Cell, expected: tuple[int | None, int | None]
) -> None:
    values = {F.PARTICIPANTS: total, F.PARTICIPANTS_TARGET: target, F.PARTICIPANTS_PARTNER: partner}
    draft = draft_of(vocabulary, values)
    assert (draft.participants_target, draft.participants_partner) == expected


@pytest.mark.parametrize(("total", "target", "partner"), [(5, 3, 3), (5, 6, None), (5, None, 6), (5, 2, 2)])
def test_a_split_that_does_not_add_up(vocabulary: Vocabulary, total: Cell, target: Cell, partner: Cell) -> None:
    values = {F.PARTICIPANTS: total, F.PARTICIPANTS_TARGET: target, F.PARTICIPANTS_PARTNER: partner}
    problem = problem_of(vocabulary, values)
    assert (problem.code, problem.field) == (ProblemCode.SPLIT_DOES_NOT_ADD_UP, F.PARTICIPANTS)


def test_the_total_of_some_kinds_are_partners(vocabulary: Vocabulary) -> None:
    draft = draft_of(vocabulary, {F.PARTICIPANTS: 12}, replace(RULES, partner_kinds=frozenset({3})))
    assert (draft.participants_target, draft.participants_partner) == (0, 12)


def test_a_site_brings_its_municipality(vocabulary: Vocabulary) -> None:
    draft = draft_of(vocabulary, {F.MUNICIPALITY: None, F.SITE: "Rathaus Troisdorf"})
    assert (draft.municipality_id, draft.site_id) == (102, 81)


def test_defaults_stand_in_for_columns_the_tally_lacks(vocabulary: Vocabulary) -> None:
    rules = replace(RULES, default_kind=5, default_municipality=101, default_channel=31, default_staff=92)
    mapping = Mapping((MappedColumn("Datum", F.DAY),))
    draft = judge_row([DAY], mapping, vocabulary, rules)
    assert draft == Draft(day=DAY, kind_id=5, municipality_id=101, channel_id=31, staff_id=92)


def test_a_default_site_counts_only_in_its_municipality(vocabulary: Vocabulary) -> None:
    rules = replace(RULES, default_site=82)
    assert draft_of(vocabulary, {}, rules).site_id == 82
    elsewhere = draft_of(vocabulary, {F.MUNICIPALITY: "Siegburg"}, rules)
    assert (elsewhere.municipality_id, elsewhere.site_id) == (101, None)


def test_hours_and_minutes_in_two_columns_are_added(vocabulary: Vocabulary) -> None:
    assert draft_of(vocabulary, {F.HOURS: 1, F.MINUTES: 30}).minutes == 90


def test_a_longer_activity_may_take_longer(vocabulary: Vocabulary) -> None:
    assert draft_of(vocabulary, {F.DAY_TO: "22.04.2022", F.MINUTES: 2880}).minutes == 2880
    assert draft_of(vocabulary, {F.COUNT: 10, F.MINUTES: 14_400}).minutes == 14_400
    assert problem_of(vocabulary, {F.COUNT: 1000, F.MINUTES: 60_001}).code is ProblemCode.TOO_LARGE


def test_several_columns_of_topics_are_joined(vocabulary: Vocabulary) -> None:
    headers = (("a", F.DAY), ("b", F.KIND), ("c", F.MUNICIPALITY), ("d", F.TOPICS), ("e", F.TOPICS))
    mapping = Mapping(tuple(MappedColumn(header, field) for header, field in headers))
    draft = judge_row([DAY, "Workshop", "Hennef", "Arbeit", "Wohnen, Arbeit"], mapping, vocabulary, RULES)
    assert isinstance(draft, Draft)
    assert draft.topic_ids == (41, 42)


def test_a_field_of_one_column_cannot_be_mapped_twice(vocabulary: Vocabulary) -> None:
    mapping = Mapping((MappedColumn("a", F.DAY), MappedColumn("b", F.DAY)))
    with pytest.raises(MappingError) as refused:
        Judge(mapping, vocabulary, RULES)
    assert (refused.value.problem, refused.value.column) == ("repeated_field", 1)


def test_a_row_that_is_too_short_lacks_its_last_cells(vocabulary: Vocabulary) -> None:
    mapping = Mapping((MappedColumn("a", F.DAY), MappedColumn("b", F.KIND), MappedColumn("c", F.MUNICIPALITY)))
    found = judge_row([DAY], mapping, vocabulary, RULES)
    assert found == [Problem(ProblemCode.MISSING, F.KIND), Problem(ProblemCode.MISSING, F.MUNICIPALITY)]


def test_the_year_of_the_tally_completes_its_days(vocabulary: Vocabulary) -> None:
    assert draft_of(vocabulary, {F.DAY: "21.4."}, replace(RULES, year=2022)).day == DAY


def test_true_is_not_one_though_equal(vocabulary: Vocabulary) -> None:
    mapping = Mapping(tuple(MappedColumn(field.value, field) for field in (*BASE, F.PARTICIPANTS)))
    judge = Judge(mapping, vocabulary, RULES)
    assert isinstance(judge.judge([*BASE.values(), 1]), Draft)
    assert isinstance(judge.judge([*BASE.values(), True]), list)


CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(-10, 50_000),
    st.floats(),
    st.dates(date(2019, 1, 1), date(2023, 1, 1)),
    st.booleans(),
    st.sampled_from(["Workshop", "Hennef", "FB", "Wohnen, Arbeit", "Jobcenter", "2 TN", "1:30", "21.04.2022"]),
)


@given(st.lists(st.lists(CELLS, min_size=20, max_size=20), max_size=5))
def test_any_row_is_a_draft_or_has_problems(vocabulary: Vocabulary, rows: Sequence[list[Cell]]) -> None:
    mapping = Mapping(tuple(MappedColumn(field.value, field) for field in TallyField if field is not F.IGNORE))
    judge = Judge(mapping, vocabulary, RULES)
    for row in rows:
        found = judge.judge(row)
        assert isinstance(found, Draft) or found
        assert found == judge.judge(row) == judge_row(row, mapping, vocabulary, RULES)


@given(st.integers(0, 5000), st.integers(0, 5000), st.sampled_from([(1, 1, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1)]))
def test_any_two_of_the_three_numbers_of_people_give_the_same(
    vocabulary: Vocabulary, target: int, partner: int, shown: tuple[int, int, int]
) -> None:
    numbers = (target + partner, target, partner)
    fields = (F.PARTICIPANTS, F.PARTICIPANTS_TARGET, F.PARTICIPANTS_PARTNER)
    values = {field: n if is_shown else None for field, n, is_shown in zip(fields, numbers, shown, strict=True)}
    draft = draft_of(vocabulary, values, replace(RULES, most_participants=10_000))
    assert (draft.participants_target, draft.participants_partner) == (target, partner)


@given(st.dates(date(2020, 1, 1), date(2022, 5, 10)), st.integers(0, 100))
def test_days_are_taken_from_the_earliest_until_today(vocabulary: Vocabulary, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    found = judged(vocabulary, {F.DAY: first, F.DAY_TO: last})
    assert isinstance(found, Draft) == (last <= RULES.today)
    if isinstance(found, Draft):
        assert (found.day, found.day_to) == (first, last if days else None)
