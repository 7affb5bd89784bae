"""Files as offices produce them, and as attackers would, built in memory."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

Value = str | float | bool | date | time | timedelta | None
Merge = tuple[int, int, int, int, str]

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Formula:
    """A formula with its cached result; None when the program that wrote it kept none."""

    def __init__(self, text: str, result: str | float | None) -> None:
        self.text = text
        self.result = result


class Offices:
    """Builds the files."""

    # ---- XLSX ----

    def xlsx(
        self,
        rows: Iterable[Sequence[Value | Formula]],
        *,
        is_1904: bool = False,
        merges: Sequence[Merge] = (),
        more_sheets: Sequence[tuple[str, Iterable[Sequence[Value | Formula]]]] = (),
        hidden: Sequence[str] = (),
    ) -> bytes:
        """A workbook as Excel writes it. A merge is first row, first column, last row, last column, text."""
        stream = BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": is_1904})
        formats = {
            "day": book.add_format({"num_format": "dd.mm.yyyy"}),
            "time": book.add_format({"num_format": "hh:mm"}),
            "span": book.add_format({"num_format": "[h]:mm"}),
        }
        for title, content in (("Tabelle1", rows), *more_sheets):
            sheet = book.add_worksheet(title)
            if title in hidden:
                sheet.hide()
            for at, cells in enumerate(content):
                for column, value in enumerate(cells):
                    self._write(sheet, at, column, value, formats)
            for merge in merges if title == "Tabelle1" else ():
                sheet.merge_range(*merge)
        book.close()
        return stream.getvalue()

    @staticmethod
    def _write(
        sheet: xlsxwriter.worksheet.Worksheet,
        row: int,
        column: int,
        value: Value | Formula,
        formats: dict[str, xlsxwriter.format.Format],
    ) -> None:
        if isinstance(value, Formula):
            sheet.write_formula(row, column, value.text, None, value.result)
        elif isinstance(value, (datetime, date)):
            sheet.write_datetime(row, column, value, formats["day"])
        elif isinstance(value, time):
            sheet.write_datetime(row, column, value, formats["time"])
        elif isinstance(value, timedelta):
            sheet.write_datetime(row, column, value, formats["span"])
        elif isinstance(value, str):
            sheet.write_string(row, column, value)
        elif value is not None:
            sheet.write(row, column, value)

    def raw_xlsx(self, sheet_data: str, shared: Sequence[str] = (), more: dict[str, bytes] | None = None) -> bytes:
        """A workbook of one sheet whose <sheetData> content is written out by the test."""
        texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
        types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        parts = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>',
            "_rels/.rels": self._relationships(("officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": self._relationships(
                ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
            ),
            "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONSHIPS}">'
            '<sheets><sheet name="Tabelle1" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SPREADSHEET}">'
            f"<sheetData>{sheet_data}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f'<sst xmlns="{SPREADSHEET}">{texts}</sst>',
        }
        return self.zipped({**{name: text.encode() for name, text in parts.items()}, **(more or {})})

    @staticmethod
    def _relationships(*targets: tuple[str, str]) -> str:
        entries = "".join(
            f'<Relationship Id="rId{number}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets, start=1)
        )
        return (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{entries}</Relationships>"
        )

    @staticmethod
    def zipped(parts: dict[str, bytes]) -> bytes:
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return stream.getvalue()

    # ---- ODS ----

    def ods(self, rows: Iterable[Sequence[Value]], *, trailing: str = "") -> bytes:
        """A spreadsheet as LibreOffice writes it, with the empty rest of the sheet as repeats."""
        written = "".join(
            f"<table:table-row>{''.join(map(self._ods_cell, cells))}"
            '<table:table-cell table:number-columns-repeated="16372"/></table:table-row>'
            for cells in rows
        )
        rest = (
            '<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        )
        return self.raw_ods(written + (trailing or rest))

    @staticmethod
    def _ods_cell(value: Value) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, date):
            return (
                f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}">'
                f"<text:p>{value:%d.%m.%y}</text:p></table:table-cell>"
            )
        if isinstance(value, time):
            return (
                f'<table:table-cell office:value-type="time" office:time-value="PT{value:%H}H{value:%M}M00S">'
                f"<text:p>{value:%H:%M}</text:p></table:table-cell>"
            )
        if isinstance(value, (int, float)):
            return (
                f'<table:table-cell office:value-type="float" office:value="{value}">'
                f"<text:p>{value}</text:p></table:table-cell>"
            )
        return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'

    def raw_ods(self, rows: str, *, manifest: str = "", kind: str = "spreadsheet") -> bytes:
        namespaces = " ".join(
            f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
            for short in ("office", "table", "text")
        )
        content = (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {namespaces}>'
            f'<office:body><office:spreadsheet><table:table table:name="Tabelle1">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>"
        )
        entries = manifest or (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>"
        )
        return self.zipped(
            {
                "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
                "META-INF/manifest.xml": entries.encode(),
                "content.xml": content.encode(),
            }
        )

    # ---- compound files ----

    def compound(self, streams: dict[str, bytes]) -> bytes:
        """A compound file with these streams in sectors of 512 bytes, each stream at least 4096 bytes."""
        free, end, table_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
        padded = {
            name: content + bytes(max(4096, -(-len(content) // 512) * 512) - len(content))
            for name, content in streams.items()
        }
        directory_sectors = -(-(len(streams) + 1) * 128 // 512)
        data_sectors = sum(len(content) for content in padded.values()) // 512
        table_sectors = -(-(directory_sectors + data_sectors + 8) // 127)
        table = [table_mark] * table_sectors
        table += [*range(len(table) + 1, len(table) + directory_sectors), end]
        entries = self._entry("Root Entry", 5, end, 0)
        for name, content in padded.items():
            entries += self._entry(name, 2, len(table), len(content))
            count = len(content) // 512
            table += [*range(len(table) + 1, len(table) + count), end]
        table += [free] * (table_sectors * 128 - len(table))
        header = struct.pack(
            "<8s16s5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
            0, table_sectors, table_sectors, 0, 4096, end, 0, end, 0,
        )  # fmt: skip
        header += struct.pack("<109I", *range(table_sectors), *[free] * (109 - table_sectors))
        body = struct.pack(f"<{len(table)}I", *table) + entries.ljust(directory_sectors * 512, b"\0")
        return header + body + b"".join(padded.values())

    @staticmethod
    def _entry(name: str, kind: int, start: int, size: int) -> bytes:
        written = name.encode("utf-16-le")
        free = 0xFFFFFFFF
        # siblings are not linked: readers here walk the list, as damaged files make others do, too
        return struct.pack(
            "<64sHBB3I16sIQQIQ", written, len(written) + 2, kind, 1, free, free, free, bytes(16), 0, 0, 0,
            start, size,
        )  # fmt: skip

    def xls(self, cells: dict[tuple[int, int], str | float], *, before: bytes = b"", more: bytes = b"") -> bytes:
        """A workbook of Excel 97 with one sheet; `before` are further records of the workbook, `more` of its sheet."""
        opening = self._record(0x0809, struct.pack("<4H2I", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 0)) + before
        title = "Tabelle1".encode("latin-1")
        named_length = 4 + 8 + len(title)
        start = len(opening) + named_length + 4
        named = self._record(0x0085, struct.pack("<IBBBB", start, 0, 0, len(title), 0) + title)
        sheet = self._record(0x0809, struct.pack("<4H2I", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 0))
        for (row, column), value in cells.items():
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                sheet += self._record(0x0204, struct.pack("<4HB", row, column, 0, len(value), 1) + text)
            else:
                sheet += self._record(0x0203, struct.pack("<3Hd", row, column, 0, value))
        end = self._record(0x000A, b"")
        return self.compound({"Workbook": opening + named + end + sheet + more + end})

    @staticmethod
    def _record(kind: int, content: bytes) -> bytes:
        return struct.pack("<2H", kind, len(content)) + content


@pytest.fixture(scope="session")
def offices() -> Offices:
    return Offices()


@pytest.fixture(scope="session")
def formula() -> type[Formula]:
    return Formula
