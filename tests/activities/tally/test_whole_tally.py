"""From the file to the drafts: what offices write comes in as they meant it."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, time, timedelta
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.activities.tally import (
    Draft,
    Identities,
    Judge,
    JudgingRules,
    Problem,
    ProblemCode,
    SkipReason,
    TallyField,
    TallySheet,
    find_tally,
    propose_mapping,
)
from kimwerk.activities.vocabulary import Terms, Vocabulary
from kimwerk.kernel.sheets import Cell, read_sheets

if TYPE_CHECKING:
    from tests.office_files import Offices

RULES = JudgingRules(today=date(2022, 5, 10), earliest_day=date(2020, 1, 1))
HEADERS = [
    *("Datum", "bis", "Art der Maßnahme", "Kontaktart", "Stadt/Gemeinde", "Standort", "Mitarbeiter/in", "Themen"),
    *("Zielgruppe", "Rechtskreis", "Kooperationspartner", "Teilnehmende gesamt", "davon Zielgruppe"),
    *("davon Partner", "Dauer (Min.)", "Verweis an", "ID", "Anzahl Maßnahmen"),
]


def verdicts(
    data: bytes, vocabulary: Vocabulary, rules: JudgingRules = RULES
) -> tuple[TallySheet, dict[int, Draft | list[Problem]]]:
    """The first tally of a file with what becomes of each row, by sheet row."""
    tally = find_tally(read_sheets(data, "tally"))[0]
    sample = [cells for _, cells in islice(tally.rows(), 200)]
    mapping = propose_mapping(tally.headers, sample, vocabulary)
    judge = Judge(mapping, vocabulary, replace(rules, is_1904=tally.sheet.is_1904))
    return tally, {number: judge.judge(cells) for number, cells in tally.rows()}


def german_row(draft: Draft, vocabulary: Vocabulary, label: int) -> list[str]:
    """A draft as somebody would type it; `label` chooses among the words of a term."""

    def word(terms: Terms, term_id: int | None) -> str:
        term = terms.get(term_id) if term_id is not None else None
        words = (term.label, *term.words) if term else ("",)
        return words[label % len(words)]

    def several(terms: Terms, ids: tuple[int, ...]) -> str:
        return "; ".join(word(terms, term_id) for term_id in ids)

    target, partner = draft.participants_target, draft.participants_partner
    known = target is not None and partner is not None
    return [
        f"{draft.day:%d.%m.%Y}",
        f"{draft.day_to:%d.%m.%y}" if draft.day_to else "",
        word(vocabulary.kinds, draft.kind_id),
        word(vocabulary.channels, draft.channel_id),
        word(vocabulary.municipalities, draft.municipality_id),
        word(vocabulary.sites, draft.site_id),
        word(vocabulary.staff, draft.staff_id),
        several(vocabulary.topics, draft.topic_ids),
        several(vocabulary.target_groups, draft.target_group_ids),
        several(vocabulary.legal_circles, draft.legal_circle_ids),
        several(vocabulary.partners, draft.partner_ids),
        f"{(target or 0) + (partner or 0)} TN" if known else "",
        str(target) if known else "",
        f"{partner},0" if known else "",
        "" if draft.minutes is None else f"{draft.minutes // 60}:{draft.minutes % 60:02}",
        word(vocabulary.referral_targets, draft.referral_target_id),
        draft.external_id,
        str(draft.count),
    ]


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A draft with the ids of the synthetic county."""
    day = draw(st.dates(date(2020, 1, 1), date(2022, 5, 1)))
    kind, site = draw(st.integers(1, 11)), draw(st.sampled_from([None, 81, 82, 83]))
    people = draw(st.one_of(st.none(), st.tuples(st.integers(0, 5000), st.integers(0, 5000))))
    if people and sum(people) > 5000:
        people = (people[0] // 2, people[1] // 2)
    homes = {81: 102, 82: 103, 83: 103}
    ids = draw(
        st.tuples(*(st.sets(st.integers(low, low + size - 1), max_size=3) for low, size in
                    ((41, 5), (51, 3), (61, 3), (111, 3))))
    )  # fmt: skip
    several = [tuple(sorted(found)) for found in ids]
    return Draft(
        day=day,
        day_to=draw(st.one_of(st.none(), st.dates(day + timedelta(days=1), date(2022, 5, 10))))
        if day > date(2021, 6, 1)
        else None,
        kind_id=kind,
        channel_id=draw(st.sampled_from([None, 31, 32, 33, 34, 35])),
        municipality_id=homes[site] if site else draw(st.integers(101, 108)),
        site_id=site,
        staff_id=draw(st.sampled_from([91, 92])),
        topic_ids=several[0],
        target_group_ids=several[1],
        legal_circle_ids=several[2],
        partner_ids=several[3],
        participants_target=people[0] if people else None,
        participants_partner=people[1] if people else None,
        minutes=draw(st.one_of(st.none(), st.integers(0, 1440))),
        referral_target_id=draw(st.sampled_from([None, 71, 72, 73])) if kind == 2 else None,
        external_id=draw(st.sampled_from(["", "A-1", "0815", "2022/04/17"])),
        count=draw(st.integers(1, 5)),
    )


def csv_of(rows: list[list[str]], encoding: str = "cp1252") -> bytes:
    stream = StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue().encode(encoding)


@given(st.lists(drafts(), min_size=1, max_size=5), st.integers(0, 7), st.sampled_from(["csv", "xlsx", "ods"]))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_draft_written_as_a_german_row_reads_back_as_itself(
    vocabulary: Vocabulary, offices: Offices, written: list[Draft], label: int, form: str
) -> None:
    rows = [HEADERS, *(german_row(draft, vocabulary, label) for draft in written)]
    data = csv_of(rows) if form == "csv" else offices.xlsx(rows) if form == "xlsx" else offices.ods(rows)
    _, found = verdicts(data, vocabulary)
    assert list(found.values()) == written


def test_a_tally_as_offices_keep_it(vocabulary: Vocabulary, offices: Offices) -> None:
    header: list[Cell] = ["Datum", "Maßnahme", "Ort", "CM", "gesamt", "Zielgruppe", "Partner", "Std.", "Verweis an"]
    rows: list[list[Cell]] = [
        [],
        [],
        [],
        [None, None, None, None, "gesamt", "Zielgruppe", "Partner", None, None],
        ["Januar"],
        [date(2022, 1, 10), "Workshop", "St. Augustin", "FB", 12, 8, 4, 1.5],
        ["11.1.22", "verweis", "Königswinter, Stadt", "Muster, Moritz", "2 TN", None, None, "0,25", "MBE"],
        [44573, "AK", "hennef", "FB", 9, None, 9, time(2, 15)],
        ["Summe Januar", None, None, None, 23, 8, 13, 4],
        [],
        header,
        ["31.02.2022", "Workshop", "Entenhausen", "FB", "ca. 5", None, None, 1],
        ["Gesamt", None, None, None, 23, 8, 13, 4],
    ]
    merges = [
        (0, 0, 0, 8, "Berichtswesen Case Management 2022"),
        (2, 0, 3, 0, "Datum"),
        (2, 1, 3, 1, "Maßnahme"),
        (2, 2, 3, 2, "Ort"),
        (2, 3, 3, 3, "CM"),
        (2, 4, 2, 6, "Teilnehmende"),
        (2, 7, 3, 7, "Std."),
        (2, 8, 3, 8, "Verweis an"),
    ]
    tally, found = verdicts(offices.xlsx(rows, merges=merges), vocabulary)
    base = Draft(day=date(2022, 1, 10), kind_id=3, municipality_id=104, staff_id=91)
    assert found == {
        6: replace(base, participants_target=8, participants_partner=4, minutes=90),
        7: Draft(
            day=date(2022, 1, 11),
            kind_id=2,
            municipality_id=105,
            staff_id=92,
            participants_target=2,
            participants_partner=0,
            minutes=15,
            referral_target_id=73,
        ),
        8: Draft(
            day=date(2022, 1, 12),
            kind_id=5,
            municipality_id=103,
            staff_id=91,
            participants_target=0,
            participants_partner=9,
            minutes=135,
        ),
        12: [
            Problem(ProblemCode.IMPOSSIBLE_DATE, TallyField.DAY, "31.02.2022"),
            Problem(ProblemCode.UNKNOWN, TallyField.MUNICIPALITY, "Entenhausen"),
            Problem(ProblemCode.INEXACT, TallyField.PARTICIPANTS, "ca. 5"),
        ],
    }
    assert dict(tally.skipped()) == {
        1: SkipReason.TITLE,
        2: SkipReason.BLANK,
        3: SkipReason.HEADER,
        4: SkipReason.HEADER,
        5: SkipReason.REMARK,
        9: SkipReason.TOTAL,
        10: SkipReason.BLANK,
        11: SkipReason.REPEATED_HEADER,
        13: SkipReason.TOTAL,
    }


@pytest.mark.parametrize("is_1904", [False, True])
def test_serial_numbers_are_the_right_days_in_both_date_systems(
    vocabulary: Vocabulary, offices: Offices, is_1904: bool
) -> None:
    serial = (date(2022, 4, 21) - (date(1904, 1, 1) if is_1904 else date(1899, 12, 30))).days
    rows: list[list[Cell]] = [
        ["Datum", "Art", "Ort", "CM"],
        [serial, "Workshop", "Hennef", "FB"],
        [date(2022, 4, 21), "Workshop", "Hennef", "FB"],
    ]
    _, found = verdicts(offices.xlsx(rows, is_1904=is_1904), vocabulary)
    assert [verdict.day for verdict in found.values() if isinstance(verdict, Draft)] == [date(2022, 4, 21)] * 2


def test_the_same_rows_in_another_file_form_are_the_same_activities(vocabulary: Vocabulary, offices: Offices) -> None:
    rows: list[list[Cell]] = [
        ["Datum", "Art", "Ort", "CM", "Dauer (Min.)"],
        [date(2022, 4, 21), "Workshop", "Hennef", "FB", 30],
        [date(2022, 4, 21), "Workshop", "Hennef", "FB", 30],
    ]
    texts = [[f"{cell:%d.%m.%Y}" if isinstance(cell, date) else str(cell) for cell in row] for row in rows]
    keys = []
    for data in (offices.xlsx(rows), offices.ods(rows), csv_of(texts), csv_of(texts, "utf-16")):
        identities = Identities()
        _, found = verdicts(data, vocabulary)
        keys.append([identities.of(draft) for draft in found.values() if isinstance(draft, Draft)])
    assert len(keys[0]) == 2
    assert all(other == keys[0] for other in keys)


def test_columns_in_another_order_are_the_same_activities(vocabulary: Vocabulary) -> None:
    draft = Draft(day=date(2022, 4, 21), kind_id=3, municipality_id=103, staff_id=91, minutes=30)
    row = german_row(draft, vocabulary, 0)
    for turned in range(len(HEADERS)):
        headers, cells = HEADERS[turned:] + HEADERS[:turned], row[turned:] + row[:turned]
        _, found = verdicts(csv_of([headers, cells]), vocabulary)
        assert list(found.values()) == [draft]
