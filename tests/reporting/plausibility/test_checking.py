"""The check of published tables: silent where all agrees, and the one wrong cell named where it does not."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.kernel.sheets.refusals import FileRefused
from kimwerk.reporting.plausibility.checking import NoTable, RemarkKind, Report, check
from kimwerk.reporting.plausibility.relations import Kind
from tests.reporting.plausibility.by_hand import CLEAN, WRONG
from tests.reporting.plausibility.making import MAKERS, planted, written

PAPER = """Finanzielle Auswirkungen;;;
;HH 2022;HPL 2023;HPL 2024
Anzahl MA;16;;
Stellenanteile / VZÄ;12,61;;
Koordination;2,5;;
Verwaltungsassistenz;0,5;;
Case Management (CM);9,61;;
Personalkosten MA RSK (7);424.856,23 €;429.307,06 €;429.307,06 €
Personalkosten MA vor Ort (9);412.472,21 €;428.269,19 €;428.269,19 €
IT Kosten für 16 MA pro MA 3.450 € gem. KGSt;55.200,00 €;55.200,00 €;55.200,00 €
21%iger Zuschlag für Sach- und Gemeinkosten für 7 MA;89.219,80 €;90.154,48 €;90.154,48 €
Summe Aufwendungen;981.748,24 €;1.002.930,73 €;1.002.930,73 €
Landesförderung Personalkosten;-696.013,86 €;-707.229,22 €;-707.229,22 €
Landesförderung Arbeitsplatzkosten;-29.100,00 €;-29.100,00 €;-29.100,00 €
Summe Erträge;-725.113,86€;-736.329,22€;-736.329,22 €
SALDO (=Kosten für Rhein-Sieg-Kreis);256.634,38 €;266.601,51 €;266.601,51 €
"""


def found_in(text: str) -> Report:
    return check(text.encode())


def kinds(report: Report) -> list[Kind]:
    return [finding.kind for finding in report.findings]


def test_the_paper_of_2022_cuts_one_cent_off_and_is_right_otherwise() -> None:
    report = found_in(PAPER)
    (finding,) = report.findings
    assert finding.kind is Kind.CUT_OFF
    assert (finding.spot.cell, finding.rate, finding.base) == ("B11", 21, Decimal("424856.23"))
    assert (finding.expected, finding.found) == (Decimal("89219.81"), Decimal("89219.80"))
    assert finding.mend is not None
    assert finding.mend.follows == ("B12", "B16")
    assert report.checked >= 15


@pytest.mark.parametrize(
    ("old", "new", "cell"),
    [
        ("412.472,21", "412.427,21", "B9"),
        ("1.002.930,73 €;1.002", "1.002.930,78 €;1.002", "C12"),
        ("-29.100,00 €;-29.100,00 €;-29.100,00 €", "-29.100,00 €;-29.100,00 €;-2.910,00 €", "D14"),
        ("266.601,51 €\n", "266.601,15 €\n", "D16"),
    ],
)
def test_a_wrong_amount_in_the_paper_is_named(old: str, new: str, cell: str) -> None:
    assert PAPER.count(old) == 1
    report = found_in(PAPER.replace(old, new))
    named = {each.mend.spot.cell for each in report.findings if each.mend}
    named |= {other.spot.cell for each in report.findings for other in each.alternatives}
    assert cell in named


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(sorted(MAKERS)), st.integers(0, 10**9))
def test_a_well_formed_table_has_no_finding(name: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    data, _ = written(MAKERS[name](chance), chance)
    assert not check(data).findings


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(["two heads", "long", "changes"]), st.integers(0, 10**9))
def test_where_a_number_stands_in_two_sums_the_one_wrong_cell_is_named_alone(name: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    made = MAKERS[name](chance)
    spoilt = planted(made, chance)
    assert spoilt is not None
    wrong, (row, column) = spoilt
    data, above = written(wrong, chance)
    report = check(data)
    assert {(each.mend.spot.row, each.mend.to) for each in report.findings if each.mend} == {
        (row + above + 1, made.cells[row][column])
    }


def test_tables_as_offices_publish_them_have_no_finding() -> None:
    assert {name: kinds(found_in(table)) for name, table in CLEAN.items()} == {name: [] for name in CLEAN}


def test_one_fault_in_such_a_table_is_found() -> None:
    assert not [name for name, table in WRONG.items() if not found_in(table).findings]


def test_a_sum_of_one_column_names_every_change_that_would_do() -> None:
    report = found_in("Ort;Anzahl\nA;10\nB;20\nSumme;31\n")
    (finding,) = report.findings
    assert finding.mend is not None
    assert {finding.mend.spot.cell, *(each.spot.cell for each in finding.alternatives)} == {"B2", "B3", "B4"}


def test_shared_borders_and_gaps_of_age_bands_are_named() -> None:
    report = found_in("Altersgruppe;Anzahl\n0-5;10\n5-10;20\n11-17;5\n20+;7\nSumme;42\n")
    assert kinds(report) == [Kind.AGE_OVERLAP, Kind.AGE_GAP]
    assert [finding.expected for finding in report.findings] == ["6-10", "18+"]


@pytest.mark.parametrize(
    "bands",
    [
        ["unter 6", "6 bis unter 18", "18 bis unter 65", "65 und älter"],
        ["0-17", "0-5", "6-17", "18+"],
        ["0 bis 5 Jahre", "6 bis 17 Jahre", "ab 18 Jahre"],
        ["< 6", "6–17", "18–64", "≥ 65"],
    ],
)
def test_age_bands_without_gap_are_no_finding(bands: list[str]) -> None:
    assert not found_in("Alter;A;B\n" + "".join(f"{band};{at};{at}\n" for at, band in enumerate(bands))).findings


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("Ort;Personen\nA;10\nB;20\nInsgesamt (Stand 31.12.2021);34\nStand: 30.06.2022;\n", RemarkKind.OTHER_DATE),
        ("Ort;Personen\nA;10\nB;20\nKreis einschl. Troisdorf insgesamt;34\n", RemarkKind.OTHER_POPULATION),
        ("Ort;Personen\nA;10\nB;20\nInsgesamt¹;34\n¹ ohne Angabe des Ortes einschließlich;\n",
         RemarkKind.OTHER_POPULATION),
        ("Thema;Personen\nA;10\nB;20\nInsgesamt;24\nMehrfachnennungen möglich;\n", RemarkKind.SEVERAL_TIMES),
        ("in Tsd. €;2022\nA;10,4\nB;20,4\nSumme;30,9\n", RemarkKind.ROUNDING),
        ("Ort;Fälle;Dauer\nA;10;3\nB;-20;2\nC;5;4\nD;6;6\nE;7;7\nF;8;1\n", RemarkKind.NEGATIVE_COUNT),
        ("Ort;Fälle;Dauer\nA;10;3\nB;20;2\n", RemarkKind.NOTHING_TO_CHECK),
    ],
)  # fmt: skip
def test_what_explains_itself_is_a_remark_and_no_finding(table: str, kind: RemarkKind) -> None:
    report = found_in(table)
    assert not report.findings
    assert [remark.kind for remark in report.remarks] == [kind]


@pytest.mark.parametrize(
    "table",
    [
        "Insgesamt;100\n  davon männlich;60\n  davon weiblich;45\n",
        "Kommune;m;w;Summe\nA;1;2;3\nB;4;5;9\nC;7;8;16\nSumme;12;15;27\n",
        "Kommune;2021;2022;Veränderung in %\nA;100;110;10,0 %\nB;200;190;-5,0 %\nC;50;75;60,0 %\n",
        "Kommune;Fälle;Anteil\nA;1;25 %\nB;1;25 %\nC;2;55 %\nSumme;4;100 %\n",
        "KW;Registrierungen;kumulativ\n9;10;10\n10;20;30\n11;30;60\n12;40;110\n13;50;160\n",
    ],
)
def test_what_does_not_agree_is_found(table: str) -> None:
    assert found_in(table).findings


@pytest.mark.parametrize("data", [b"", b"   \n", b"%PDF-1.7 ...", b"PK\x03\x04broken", bytes(range(256)) * 20])
def test_a_file_that_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises((FileRefused, NoTable)):
        check(data)


def test_a_file_of_words_holds_no_table() -> None:
    with pytest.raises(NoTable):
        check("Guten Tag;Herr Landrat\nmit freundlichen;Grüßen\n".encode())
