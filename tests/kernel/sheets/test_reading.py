"""Files are read whatever office made them, and turned away before they can do harm."""

from __future__ import annotations

import csv
import struct
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.sheets import Cell, FileRefused, Limits, Refusal, read_sheets

if TYPE_CHECKING:
    from tests.office_files import Formula, Offices


def rows_of(data: bytes, name: str = "tally", limits: Limits | None = None) -> list[list[Cell]]:
    (sheet,) = read_sheets(data, name, limits)
    return list(sheet.rows())


def refusal_of(data: bytes, name: str = "tally", limits: Limits | None = None) -> tuple[Refusal, str]:
    with pytest.raises(FileRefused) as refused:
        read_sheets(data, name, limits)
    return refused.value.code, refused.value.detail


# ---- workbooks ----


def test_cells_keep_their_types(offices: Offices) -> None:
    row: list[str | float | bool | date | time | timedelta | None] = [
        "Hennef",
        2,
        1.5,
        True,
        date(2022, 4, 21),
        time(1, 30),
        timedelta(hours=30),
        None,
        "=1+1",
    ]
    assert rows_of(offices.xlsx([row, ["x"] * 9]))[0] == row


def test_rows_begin_at_the_top_left_corner(offices: Offices) -> None:
    data = offices.xlsx([[], [None, None, "Datum"], [], [None, None, 1]])
    assert rows_of(data) == [
        [None] * 3,
        [None, None, "Datum"],
        [None] * 3,
        [None, None, 1],
    ]


def test_rows_can_be_read_twice(offices: Offices) -> None:
    (sheet,) = read_sheets(offices.xlsx([["a", "b"], [1, 2]]), "t.xlsx")
    assert list(sheet.rows()) == list(sheet.rows())
    assert (sheet.height, sheet.width) == (2, 2)


def test_a_formula_counts_with_its_cached_value(offices: Offices, formula: type[Formula]) -> None:
    assert rows_of(offices.xlsx([["a", "b"], [formula("=1+1", 2), formula('="x"', "x")]]))[1] == [2, "x"]


def test_a_formula_without_cached_value_is_an_empty_cell() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["a", "b"])
    book.worksheets[0].append(["=1+1", "x"])
    stream = BytesIO()
    book.save(stream)
    assert rows_of(stream.getvalue())[1] == [None, "x"]


def test_the_error_of_a_formula_is_not_lost(offices: Offices, formula: type[Formula]) -> None:
    data = offices.xlsx([["a", "b"], [formula("=1/0", "#DIV/0!"), "x"]])
    assert rows_of(data)[1] == ["#DIV/0!", "x"]


def test_errors_are_found_in_large_sheets_too(offices: Offices, formula: type[Formula]) -> None:
    rows: list[list[str | float | Formula]] = [["Kommune", "Dauer"] for _ in range(30_000)]
    rows[12_345][1] = formula("=A1*1", "#VALUE!")
    found = rows_of(offices.xlsx(rows))
    assert [(at, row) for at, row in enumerate(found) if row[1] != "Dauer"] == [(12_345, ["Kommune", "#VALUE!"])]


def test_dates_of_1904_are_the_same_days(offices: Offices) -> None:
    data = offices.xlsx([["Datum", "Zahl"], [date(2022, 4, 21), 43210]], is_1904=True)
    (sheet,) = read_sheets(data, "t.xlsx")
    assert sheet.is_1904
    assert list(sheet.rows())[1] == [date(2022, 4, 21), 43210]


def test_every_sheet_that_holds_something_is_read(offices: Offices) -> None:
    data = offices.xlsx(
        [["a"]], more_sheets=[("Leer", []), ("Februar", [["b"]]), ("Listen", [["c"]])], hidden=["Listen"]
    )
    found = [(sheet.name, sheet.is_hidden) for sheet in read_sheets(data, "t.xlsx")]
    assert found == [("Tabelle1", False), ("Februar", False), ("Listen", True)]


def test_a_day_merged_over_rows_holds_for_each_but_a_number_does_not(offices: Offices) -> None:
    data = offices.xlsx([["Datum", "TN"], [], [], ["x", "y"]], merges=[(1, 0, 2, 0, "21.04.2022")])
    assert [row[0] for row in rows_of(data)] == ["Datum", "21.04.2022", "21.04.2022", "x"]
    book = openpyxl.Workbook()
    for cells in (["Datum", "TN"], ["a", 5], ["b", None]):
        book.worksheets[0].append(cells)
    book.worksheets[0].merge_cells("B2:B3")
    stream = BytesIO()
    book.save(stream)
    assert [row[1] for row in rows_of(stream.getvalue())] == ["TN", 5, None]


def test_macros_are_left_behind(offices: Offices) -> None:
    data = offices.raw_xlsx(
        '<row r="1"><c r="A1"><v>1</v></c></row>', more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 no more"}
    )
    assert rows_of(data, "t.xlsm") == [[1]]


def test_open_document_sheets_end_where_their_content_ends(offices: Offices) -> None:
    data = offices.ods([["Datum", "Dauer", "TN"], [date(2022, 4, 21), time(1, 30), 2], [None, "x"]])
    assert rows_of(data) == [
        ["Datum", "Dauer", "TN"],
        [date(2022, 4, 21), time(1, 30), 2],
        [None, "x", None],
    ]


def test_old_excel_files_are_read(offices: Offices) -> None:
    data = offices.xls({(0, 0): "Datum", (0, 1): "Maßnahme", (1, 0): 44672.0, (1, 1): "Workshop"})
    assert rows_of(data) == [["Datum", "Maßnahme"], [44672, "Workshop"]]


def test_old_excel_files_say_their_date_system(offices: Offices) -> None:
    data = offices.xls({(0, 0): "Datum"}, before=struct.pack("<3H", 0x0022, 2, 1))
    (sheet,) = read_sheets(data, "t.xls")
    assert sheet.is_1904


# ---- text ----


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_is_read_in_every_usual_encoding(encoding: str, delimiter: str) -> None:
    rows = [["Datum", "Ort", "Maßnahme"], ["21.04.2022", "Königswinter", "Gespräch"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert rows_of(text.encode(encoding), "t.csv") == rows


def test_text_cells_are_text_and_nothing_is_evaluated() -> None:
    text = "a;b;c;d;e\n=1+1;+49;-3;@SUM(A1);007\n"
    assert rows_of(text.encode(), "t.csv")[1] == ["=1+1", "+49", "-3", "@SUM(A1)", "007"]


def test_quoted_cells_may_hold_delimiters_and_line_breaks() -> None:
    text = 'Datum;Ort;Thema\n21.04.2022;"Hennef; Siegburg";"Wohnen\nArbeit ""neu"""\n'
    assert rows_of(text.encode())[1] == ["21.04.2022", "Hennef; Siegburg", 'Wohnen\nArbeit "neu"']


def test_decimal_commas_do_not_make_the_delimiter() -> None:
    text = "Datum;Dauer\n21.04.2022;1,5\n22.04.2022;2,25\n"
    assert rows_of(text.encode())[1] == ["21.04.2022", "1,5"]


def test_the_delimiter_may_be_declared_as_excel_does() -> None:
    assert rows_of(b"sep=|\r\na|b;c\r\n1|2\r\n") == [[None, None], ["a", "b;c"], ["1", "2"]]


def test_rows_of_text_are_filled_up_and_the_empty_end_is_cut() -> None:
    assert rows_of(b"a;b;c;;\n1\n;;;;\n;;;;\n") == [["a", "b", "c"], ["1", None, None]]


def test_a_quotation_mark_that_is_never_closed_is_damage() -> None:
    text = 'a;b\n1;"2\n' + "3;4\n" * 20_000
    assert refusal_of(text.encode())[0] is Refusal.BROKEN


def test_a_table_named_like_excel_is_read_as_the_text_it_is() -> None:
    assert rows_of(b"a\tb\n1\t2\n", "export.xls") == [["a", "b"], ["1", "2"]]


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2, max_size=4),
        min_size=2,
        max_size=6,
    )
)
def test_what_the_csv_module_writes_is_read_back_or_refused(rows: list[list[str]]) -> None:
    stream = StringIO(newline="")
    csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    try:
        read = rows_of(stream.getvalue().encode())
    except FileRefused:
        return
    filled = [[cell or None for cell in row] for row in rows]
    for before, after in zip(filled, read, strict=False):
        assert after == (before + [None] * len(after))[: len(after)]


# ---- refusals ----


@pytest.mark.parametrize("data", [b"", b"  \r\n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refusal_of(data) == (Refusal.EMPTY, "")


def test_a_file_above_the_limit_is_refused_before_anything_else() -> None:
    assert refusal_of(b"x" * 11, limits=Limits(size=10)) == (Refusal.TOO_LARGE, "10")


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n...", "PNG"),
        (b"\xff\xd8\xff\xe0...", "JPEG"),
        (b"GIF89a...", "GIF"),
        (b"{\\rtf1 ...", "RTF"),
        (b"\x1f\x8b...", "GZIP"),
        (b"PK\x05\x06" + bytes(18), "ZIP"),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "HTML"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"abc;\x02\x03;def", ""),
    ],
)
def test_other_files_are_refused_by_name(data: bytes, looks_like: str) -> None:
    assert refusal_of(data) == (Refusal.UNKNOWN_FORMAT, looks_like)


@pytest.mark.parametrize(
    ("part", "looks_like"),
    [
        ("word/document.xml", "DOCX"),
        ("ppt/presentation.xml", "PPTX"),
        ("xl/workbook.bin", "XLSB"),
        ("photo.jpg", "ZIP"),
    ],
)
def test_other_archives_are_refused_by_name(offices: Offices, part: str, looks_like: str) -> None:
    assert refusal_of(offices.zipped({part: b"x"})) == (Refusal.UNKNOWN_FORMAT, looks_like)


def test_other_open_documents_are_refused_by_name(offices: Offices) -> None:
    assert refusal_of(offices.raw_ods("", kind="text")) == (Refusal.UNKNOWN_FORMAT, "ODT")


@pytest.mark.parametrize(
    ("stream", "looks_like"), [("WordDocument", "DOC"), ("PowerPoint Document", "PPT"), ("Anything", "OLE")]
)
def test_other_compound_files_are_refused_by_name(offices: Offices, stream: str, looks_like: str) -> None:
    assert refusal_of(offices.compound({stream: b"x"})) == (Refusal.UNKNOWN_FORMAT, looks_like)


def test_an_encrypted_workbook_wants_a_password(offices: Offices) -> None:
    data = offices.compound({"EncryptionInfo": b"x" * 100, "EncryptedPackage": b"y" * 9000})
    assert refusal_of(data, "t.xlsx")[0] is Refusal.PASSWORD


def test_an_encrypted_old_workbook_wants_a_password(offices: Offices) -> None:
    data = offices.xls({(0, 0): "a"}, before=struct.pack("<2H6s", 0x002F, 6, bytes(6)))
    assert refusal_of(data, "t.xls")[0] is Refusal.PASSWORD


def test_an_encrypted_archive_wants_a_password(offices: Offices) -> None:
    data = bytearray(offices.xlsx([["a"]]))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    assert refusal_of(bytes(data))[0] is Refusal.PASSWORD


def test_an_encrypted_open_document_wants_a_password(offices: Offices) -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    assert refusal_of(offices.raw_ods("", manifest=manifest))[0] is Refusal.PASSWORD


def test_a_workbook_without_any_cell_has_no_data(offices: Offices) -> None:
    assert refusal_of(offices.xlsx([]))[0] is Refusal.NO_DATA
    assert refusal_of(b";;;\n;;;\n")[0] is Refusal.NO_DATA


def test_torn_workbooks_are_broken(offices: Offices) -> None:
    data = offices.xlsx([["a", "b"]] * 50)
    for end in range(4, len(data), 97):
        assert refusal_of(data[:end], "t.xlsx")[0] is Refusal.BROKEN


def test_torn_compound_files_are_refused(offices: Offices) -> None:
    data = offices.xls({(row, 0): "a" for row in range(50)})
    for end in range(8, len(data) - 4096, 211):
        with pytest.raises(FileRefused):
            read_sheets(data[:end], "t.xls")


@given(at=st.integers(0, 10_000), value=st.integers(0, 255))
def test_a_damaged_byte_is_survived(offices: Offices, at: int, value: int) -> None:
    for data in (offices.xlsx([["a", 1]] * 20), offices.ods([["a", 1]] * 20), offices.xls({(0, 0): "a"})):
        damaged = bytearray(data)
        damaged[at % len(data)] = value
        try:
            sheets = read_sheets(bytes(damaged), "t")
        except FileRefused:
            continue
        for sheet in sheets:
            assert sum(1 for _ in sheet.rows()) >= sheet.height


def test_text_with_nul_characters_is_refused() -> None:
    assert refusal_of(b"a;b\n1;\x00\n", "t.csv")[0] is Refusal.NUL_CHARACTERS


def test_text_in_no_known_encoding_is_refused() -> None:
    assert refusal_of("Ort;Stück\n1;2\n".encode("cp850"), "t.csv")[0] is Refusal.ENCODING


def test_something_binary_named_like_a_workbook_is_broken() -> None:
    assert refusal_of(b"\x01\x02\x03\x00" * 100, "t.xlsx")[0] is Refusal.BROKEN


def test_too_many_rows_and_columns_are_refused(offices: Offices) -> None:
    limits = Limits(rows=10, columns=5)
    assert refusal_of(offices.xlsx([["a"]] * 11), limits=limits) == (Refusal.TOO_MANY_ROWS, "10")
    assert refusal_of(offices.xlsx([["a"] * 6]), limits=limits) == (Refusal.TOO_MANY_COLUMNS, "5")
    assert refusal_of(offices.ods([["a"]] * 11), limits=limits) == (Refusal.TOO_MANY_ROWS, "10")
    assert refusal_of(b"a;b\n" * 11, limits=limits) == (Refusal.TOO_MANY_ROWS, "10")
    assert refusal_of(b"a;b;c;d;e;f\n" * 2, limits=limits) == (Refusal.TOO_MANY_COLUMNS, "5")


def test_formatted_but_empty_cells_do_not_count(offices: Offices) -> None:
    blank = "".join(f'<row r="{row}"><c r="XFD{row}" s="0"/></row>' for row in range(1_048_500, 1_048_577))
    assert rows_of(offices.raw_xlsx(f'<row r="1"><c r="A1"><v>1</v></c></row>{blank}')) == [[1]]


# ---- bombs ----


def test_an_archive_of_zeros_is_not_unpacked(offices: Offices) -> None:
    data = offices.raw_xlsx("<row/>", more={"xl/worksheets/sheet2.xml": bytes(100 * 1024 * 1024)})
    assert len(data) < 200_000
    assert refusal_of(data) == (Refusal.ZIP_BOMB, "xl/worksheets/sheet2.xml")


def test_an_archive_that_unpacks_to_too_much_is_refused(offices: Offices) -> None:
    data = offices.xlsx([["a"] * 10] * 100)
    assert refusal_of(data, limits=Limits(unpacked=1000)) == (Refusal.ZIP_BOMB, "")


def test_an_archive_of_very_many_parts_is_refused(offices: Offices) -> None:
    data = offices.zipped({f"xl/{number}.xml": b"" for number in range(50)})
    assert refusal_of(data, limits=Limits(parts=49))[0] is Refusal.ZIP_BOMB


def test_a_part_that_lies_about_its_size_is_caught(offices: Offices) -> None:
    name = b"xl/worksheets/sheet1.xml"
    data = bytearray(offices.raw_xlsx('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 5_000_000))
    entry = data.rfind(name) - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    struct.pack_into("<I", data, entry + 24, 500)
    assert refusal_of(bytes(data)) == (Refusal.ZIP_BOMB, name.decode())


def test_parts_of_one_name_are_refused(offices: Offices) -> None:
    stream = BytesIO(offices.xlsx([["a"]]))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<x/>")
    assert refusal_of(stream.getvalue())[0] is Refusal.BROKEN


def test_archives_inside_are_never_opened(offices: Offices) -> None:
    inner = offices.zipped({"a": bytes(5_000_000)})
    data = offices.raw_xlsx(
        '<row r="1"><c r="A1"><v>1</v></c></row>', more={"xl/embeddings/a.xlsx": inner, "xl/media/b.zip": inner}
    )
    assert rows_of(data) == [[1]]


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="4294967295"><c><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c></row><row r='999999'><c r='ZZZ999999'><v>1</v></c></row>",
        '<row\nr="1"><c\nr="A1"><v>1</v></c></row><row\nr="900000"><c\nr="A900000"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c s="1" r="A900000"><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 300 + "</row>",
    ],
)
def test_cells_far_apart_do_not_make_a_giant_sheet(offices: Offices, cells: str) -> None:
    code, _ = refusal_of(offices.raw_xlsx(cells))
    assert code in {Refusal.TOO_MANY_ROWS, Refusal.TOO_MANY_COLUMNS, Refusal.BROKEN}


def test_a_rectangle_of_too_many_cells_is_refused(offices: Offices) -> None:
    cells = '<row r="1"><c r="GA1"><v>1</v></c></row><row r="190000"><c r="A190000"><v>1</v></c></row>'
    assert refusal_of(offices.raw_xlsx(cells))[0] is Refusal.TOO_MANY_CELLS


def test_one_long_text_shared_by_very_many_cells_is_refused(offices: Offices) -> None:
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 20_001))
    data = offices.raw_xlsx(cells, shared=["x" * 30_000])
    assert refusal_of(data)[0] is Refusal.TOO_MANY_CELLS


def test_one_long_text_that_hardly_any_cell_shares_is_read(offices: Offices) -> None:
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>1</v></c></row>' for row in range(1, 20_001))
    data = offices.raw_xlsx(cells, shared=["x" * 30_000, "kurz"])
    assert rows_of(data) == [["kurz"]] * 20_000


def test_own_entities_are_refused(offices: Offices) -> None:
    sheet = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData><row r="999999"/></sheetData></worksheet>'
    data = offices.raw_xlsx("", more={"xl/worksheets/sheet9.xml": sheet.encode()})
    assert refusal_of(data) == (Refusal.BROKEN, "doctype")


def test_repeats_of_open_documents_do_not_make_a_giant_sheet(offices: Offices) -> None:
    cell = '<table:table-cell table:number-columns-repeated="{}" office:value-type="float" office:value="1"/>'
    rows = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    wide = offices.raw_ods(rows.format(1, cell.format(16_384)))
    assert refusal_of(wide)[0] is Refusal.TOO_MANY_COLUMNS
    tall = offices.raw_ods(rows.format(1_000_000, cell.format(1)))
    assert refusal_of(tall)[0] is Refusal.TOO_MANY_ROWS
    both = offices.raw_ods(rows.format(100_000, cell.format(150)))
    assert refusal_of(both)[0] is Refusal.TOO_MANY_CELLS


def test_far_cells_of_an_old_workbook_do_not_make_a_giant_sheet(offices: Offices) -> None:
    data = offices.xls({(0, 0): 1.0, (65_535, 255): 1.0})
    assert refusal_of(data, "t.xls")[0] is Refusal.TOO_MANY_COLUMNS
    data = offices.xls({(0, 0): 1.0, (65_535, 190): 1.0})
    assert refusal_of(data, "t.xls")[0] is Refusal.TOO_MANY_CELLS


def test_one_long_text_shared_by_very_many_cells_of_an_old_workbook_is_refused(offices: Offices) -> None:
    half = b"x" * 8_000
    table = struct.pack("<2IHB", 1, 1, 16_000, 0) + half
    shared = struct.pack("<2H", 0x00FC, len(table)) + table + struct.pack("<2HB", 0x003C, 1 + len(half), 0) + half
    cells = b"".join(struct.pack("<2H3HI", 0x00FD, 10, row, 0, 0, 0) for row in range(20_000))
    assert refusal_of(offices.xls({(0, 0): "a"}, before=shared, more=cells), "t.xls")[0] is Refusal.TOO_MANY_CELLS
    few = b"".join(struct.pack("<2H3HI", 0x00FD, 10, row, 0, 0, 0) for row in range(3))
    assert rows_of(offices.xls({}, before=shared, more=few), "t.xls") == [["x" * 16_000]] * 3


def test_the_loops_of_a_damaged_compound_file_end() -> None:
    header = bytearray(1536)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<2H", header, 30, 9, 6)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    struct.pack_into("<2I", header, 512, 0, 1)
    assert refusal_of(bytes(header))[0] is Refusal.BROKEN


def test_a_moment_keeps_its_time(offices: Offices) -> None:
    assert rows_of(offices.xlsx([["a"], [datetime(2022, 4, 21, 10, 30)]]))[1] == [datetime(2022, 4, 21, 10, 30)]
