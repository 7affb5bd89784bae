"""From an uploaded file to sheets of cells: XLSX, XLS, ODS and CSV, strictly capped, never evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from io import BytesIO
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kimwerk.kernel.sheets import compound
from kimwerk.kernel.sheets.archives import Archive
from kimwerk.kernel.sheets.compound import Compound, look_into_xls
from kimwerk.kernel.sheets.csv_text import CsvTable, decode
from kimwerk.kernel.sheets.refusals import FileRefused, Limits, Refusal
from kimwerk.kernel.sheets.sheet import Cell, Row, Sheet
from kimwerk.kernel.sheets.sizing import (
    Errors,
    OpenDocumentCount,
    SheetSize,
    WorksheetCount,
    find_errors,
    longest_shared_text,
    look_quickly,
    parse_xml,
    shared_text_lengths,
)


def read_sheets(data: bytes, file_name: str, limits: Limits | None = None) -> list[Sheet]:
    """The sheets of a file that hold anything, in their order.

    What the file is, its content decides; the name only helps where the content says nothing.
    Raises FileRefused.
    """
    limits = limits or Limits()
    if len(data) > limits.size:
        raise FileRefused(Refusal.TOO_LARGE, str(limits.size))
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise FileRefused(Refusal.EMPTY)
    if data.startswith(b"PK\x03\x04"):
        sheets = _read_archive(Archive(data, limits), limits)
    elif data.startswith(compound.MAGIC):
        sheets = _read_compound(data, limits)
    elif looks_like := _foreign_format(data):
        raise FileRefused(Refusal.UNKNOWN_FORMAT, looks_like)
    else:
        sheets = _read_text(data, file_name, limits)
    filled = [sheet for sheet in sheets if sheet.height]
    if not filled:
        raise FileRefused(Refusal.NO_DATA)
    return filled


_BEGINNINGS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
    (b"\x1f\x8b", "GZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"PK\x07\x08", "ZIP"),
)


def _foreign_format(data: bytes) -> str:
    """What the file looks like, when it is surely no table; else an empty text."""
    for beginning, name in _BEGINNINGS:
        if data.startswith(beginning):
            return name
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head")):
        return "HTML"
    return "XML" if start.startswith(b"<?xml") else ""


# ---- zip archives: XLSX and ODS ----

_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_MARKED_BY = (
    ("xl/workbook.bin", "XLSB"),
    ("word/document.xml", "DOCX"),
    ("ppt/presentation.xml", "PPTX"),
    ("Index/Document.iwa", "NUMBERS"),
)
_OPEN_DOCUMENT_NAMES = {b"text": "ODT", b"presentation": "ODP", b"graphics": "ODG"}
_PARTS_OF_XLSX = re.compile(r"(\[Content_Types\]\.xml|_rels/\.rels|xl/.+\.(xml|rels))", re.IGNORECASE)
_NOT_READ = re.compile(
    r"xl/(charts|comments|ctrlprops|customxml|diagrams|drawings|embeddings|externallinks|media|persons|pivotcache"
    r"|pivottables|printersettings|querytables|slicercaches|slicers|theme|threadedcomments)",
    re.IGNORECASE,
)
_DATE_SYSTEM = re.compile(rb"date1904\s*=\s*[\"'](?:1|true|on)[\"']", re.IGNORECASE)


def _read_archive(archive: Archive, limits: Limits) -> list[Sheet]:
    if "xl/workbook.xml" in archive:
        return _read_xlsx(archive, limits)
    if "mimetype" in archive:
        kind = archive.read("mimetype").strip()
        if kind == _OPEN_DOCUMENT + b"spreadsheet":
            return _read_ods(archive, limits)
        name = _OPEN_DOCUMENT_NAMES.get(kind.removeprefix(_OPEN_DOCUMENT), "ZIP")
        raise FileRefused(Refusal.UNKNOWN_FORMAT, name)
    for part, name in _MARKED_BY:
        if part in archive:
            raise FileRefused(Refusal.UNKNOWN_FORMAT, name)
    raise FileRefused(Refusal.UNKNOWN_FORMAT, "ZIP")


def _read_xlsx(archive: Archive, limits: Limits) -> list[Sheet]:
    names = archive.names()
    parts = [name for name in names if _PARTS_OF_XLSX.fullmatch(name) and not _NOT_READ.match(name)]
    errors = _measure_parts(archive, parts, limits)
    is_1904 = bool(_DATE_SYSTEM.search(archive.read("xl/workbook.xml")))
    overlays = {}
    if errors:
        overlays = {title: errors[path] for title, path in _sheet_paths(archive).items() if path in errors}
    return _read_workbook(archive.only(parts), limits, is_1904, overlays)


def _measure_parts(archive: Archive, parts: list[str], limits: Limits) -> dict[str, Errors]:
    """Look at every part, as any could be named a sheet; the error values found, by part."""
    shared_parts = [name for name in parts if name.lower() == "xl/sharedstrings.xml"]
    longest = max((longest_shared_text(archive.stream(name)) for name in shared_parts), default=0)
    shared: list[int] | None = None
    errors: dict[str, Errors] = {}
    for name in parts:
        look = look_quickly(archive.stream(name), longest, limits)
        if not look.is_small:
            if shared is None:
                shared = [size for part in shared_parts for size in shared_text_lengths(archive.stream(part))]
            size = WorksheetCount(shared).count(archive.stream(name))
            size.check(limits)
            errors[name] = size.errors
        elif look.has_errors:
            errors[name] = find_errors(archive.stream(name))
    return {name: found for name, found in errors.items() if found}


def _sheet_paths(archive: Archive) -> dict[str, str]:
    """The part of each sheet, by the title of the sheet."""
    targets: dict[str, str] = {}
    titles: dict[str, str] = {}

    def relationship(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            ids = [value for key, value in attributes.items() if key.rpartition(":")[2] == "id"]
            titles[attributes.get("name", "")] = ids[0] if ids else ""

    for part, handler in (("xl/_rels/workbook.xml.rels", relationship), ("xl/workbook.xml", sheet)):
        parser = expat.ParserCreate()
        parser.StartElementHandler = handler
        parse_xml(archive.stream(part) if part in archive else (), parser)
    return {title: targets.get(number, "") for title, number in titles.items()}


def _read_ods(archive: Archive, limits: Limits) -> list[Sheet]:
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read(manifest):
        raise FileRefused(Refusal.PASSWORD)
    if "content.xml" not in archive:
        raise FileRefused(Refusal.BROKEN, "content.xml")
    for size in OpenDocumentCount().count(archive.stream("content.xml")):
        size.check(limits)
    parts = [name for name in ("mimetype", manifest, "content.xml", "styles.xml") if name in archive]
    return _read_workbook(archive.only(parts), limits)


# ---- compound files: XLS, and XLSX behind a password ----

_COMPOUND_NAMES = (
    ("WordDocument", "DOC"),
    ("PowerPoint Document", "PPT"),
    ("__properties_version1.0", "MSG"),
)


def _read_compound(data: bytes, limits: Limits) -> list[Sheet]:
    container = Compound(data)
    if "EncryptedPackage" in container:
        raise FileRefused(Refusal.PASSWORD)
    for stream, name in _COMPOUND_NAMES:
        if stream in container:
            raise FileRefused(Refusal.UNKNOWN_FORMAT, name)
    book = next((name for name in ("Workbook", "Book") if name in container), None)
    if book is None:
        raise FileRefused(Refusal.UNKNOWN_FORMAT, "OLE")
    workbook = look_into_xls(container.read(book))
    for size in workbook.sizes:
        size.check(limits)
    return _read_workbook(data, limits, workbook.is_1904)


# ---- the sheets of a workbook that was looked into ----


def _read_workbook(
    data: bytes, limits: Limits, is_1904: bool = False, overlays: dict[str, Errors] | None = None
) -> list[Sheet]:
    try:
        return list(_workbook_sheets(data, limits, is_1904, overlays or {}))
    except PasswordError as error:
        raise FileRefused(Refusal.PASSWORD) from error
    except (CalamineError, OSError, ValueError) as error:
        raise FileRefused(Refusal.BROKEN) from error
    except BaseException as error:
        # a panic inside the reader is no Exception, yet only says that the file is damaged
        if type(error).__name__ != "PanicException":
            raise
        raise FileRefused(Refusal.BROKEN) from None


def _workbook_sheets(data: bytes, limits: Limits, is_1904: bool, overlays: dict[str, Errors]) -> Iterator[Sheet]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    cells = 0
    for index, about in enumerate(book.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(index)
        end = sheet.end or (-1, -1)
        size = SheetSize(height=end[0] + 1, width=end[1] + 1)
        size.check(limits)
        cells += size.height * size.width
        if cells > limits.cells:
            raise FileRefused(Refusal.TOO_MANY_CELLS, str(limits.cells))
        yield Sheet(
            name=about.name,
            height=size.height,
            width=size.width,
            source=partial(_rows_of, sheet, overlays.get(about.name, {})),
            is_1904=is_1904,
            is_hidden=about.visible != SheetVisibleEnum.Visible,
            merged=tuple(sheet.merged_cell_ranges or ()),
        )


def _rows_of(sheet: CalamineSheet, errors: Errors) -> Iterator[Row]:
    """Rows from the top left corner; the reader leaves out the columns before the first value."""
    start = sheet.start
    before: Row = [None] * start[1] if start else []
    covered = _covered_below(sheet)
    held: dict[tuple[int, int], Cell] = {}
    for number, cells in enumerate(sheet.iter_rows()):
        row = before + [None if cell == "" else cell for cell in cells]
        for column, error in errors.get(number, {}).items():
            if column < len(row):
                row[column] = error
        for top, column in covered.get(number, ()):
            if number == top:
                held[top, column] = row[column]
            elif row[column] is None and isinstance(held.get((top, column)), (str, date)):
                row[column] = held[top, column]
        yield row


_MOST_COVERED = 400_000
"""Rows that merged cells are carried down to; a sheet with more was not made by hand."""


def _covered_below(sheet: CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """By row: the cells merged over several rows that reach it, as their top row and column.

    A day or a word holds for all rows it is merged over; a number would be counted again in each.
    """
    covered: dict[int, list[tuple[int, int]]] = {}
    last_row, last_column = sheet.end or (-1, -1)
    rows_left = _MOST_COVERED
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        reached = range(top, min(bottom, last_row) + 1)
        if left <= last_column and 1 < len(reached) <= rows_left:
            rows_left -= len(reached)
            for number in reached:
                covered.setdefault(number, []).append((top, left))
    return covered


# ---- text ----

_SPREADSHEET_NAMES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")


def _read_text(data: bytes, file_name: str, limits: Limits) -> list[Sheet]:
    is_named_spreadsheet = file_name.lower().endswith(_SPREADSHEET_NAMES)
    try:
        text = decode(data)
    except FileRefused as refused:
        if is_named_spreadsheet:
            raise FileRefused(Refusal.BROKEN) from refused
        raise
    if _CONTROLS.search(text, 0, 10_000):
        raise FileRefused(Refusal.BROKEN if is_named_spreadsheet else Refusal.UNKNOWN_FORMAT)
    table = CsvTable(text, limits)
    return [Sheet(name="", height=table.height, width=table.width, source=table.rows)]
