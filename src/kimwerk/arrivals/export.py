"""What an office holds as a file: CSV, XLSX or JSON, each with the same columns, described by a Table Schema.

Days are ISO 8601, yes and no are true and false, codes are those of the official lists. Texts that a spreadsheet could
run as a formula are shielded in CSV and XLSX by an apostrophe; JSON holds them as they are.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import gettext as _

from kimwerk.activities.export.sanitising import harmless
from kimwerk.arrivals.columns import KINDS, SEXES, in_order
from kimwerk.arrivals.models import DeliveredRow, ListContract
from kimwerk.arrivals.types import ReceiptKind
from kimwerk.arrivals.types import RegistrationField as F

ROW, VERSION, CHANGE = "row", "version", "change"
OF_EVERY_ROW: tuple[dict[str, object], ...] = (
    {"name": ROW, "type": "integer", "constraints": {"required": True, "unique": True}},
    {"name": VERSION, "type": "integer", "constraints": {"required": True}},
    {"name": CHANGE, "type": "string", "constraints": {"enum": ["", "new", "changed"]}},
)
"""Columns that each file begins with: the row's number and version, and how it came with the last fetch."""

Record = Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A file, and how many rows stand in it."""

    content: bytes
    media_type: str
    row_count: int


def take_out(
    kind: ReceiptKind, contract: ListContract, found: Iterable[DeliveredRow], *, last_receipt: int | None
) -> TakenOut:
    """The file of this kind."""
    columns = in_order(contract.columns)
    records = [record_of(each, columns, last_receipt) for each in found]
    write, media_type = WRITERS[kind]
    return TakenOut(write(names_of(columns), records), media_type, len(records))


def table_schema(contract: ListContract, titles: Mapping[str, object]) -> dict[str, object]:
    """The Table Schema (Frictionless) of all files under this contract."""
    fields = [*OF_EVERY_ROW, *(_field(column, str(titles[column])) for column in in_order(contract.columns))]
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "title": f"{contract.recipient.name}, {contract.number}",
        "fields": fields,
        "primaryKey": [ROW],
        "missingValues": [""],
    }


def names_of(columns: Iterable[str]) -> tuple[str, ...]:
    """The heading of every file."""
    return (ROW, VERSION, CHANGE, *columns)


def record_of(row: DeliveredRow, columns: Iterable[str], last_receipt: int | None) -> Record:
    """A row as it stands in a file."""
    content = row.content or {}
    head = {ROW: row.registration_id, VERSION: row.version}
    change = row.change if row.receipt_id == last_receipt else ""
    return head | {CHANGE: change} | {column: _coded(column, content.get(column)) for column in columns}


def _coded(column: str, value: object) -> str | bool | None:
    if column == F.SEX:
        return SEXES.get(str(value), "x")
    if isinstance(value, bool):
        return value
    return None if value in (None, "") else str(value)


def _field(column: str, title: str) -> dict[str, object]:
    kind = KINDS[column]
    described: dict[str, object] = {"name": column, "title": title, "type": kind.type}
    if kind.code_list:
        described["description"] = _("Codes: %(list)s") % {"list": kind.code_list}
    return described | {"constraints": dict(kind.constraints)}


def _as_csv(names: tuple[str, ...], records: list[Record]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_plain(record[name]) for name in names] for record in records)
    return ("\ufeff" + out.getvalue()).encode()


def _as_json(names: tuple[str, ...], records: list[Record]) -> bytes:
    return json.dumps(
        [{name: record[name] for name in names} for record in records], ensure_ascii=False, indent=1
    ).encode()


def _as_xlsx(names: tuple[str, ...], records: list[Record]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for at, name in enumerate(names):
        sheet.write_string(0, at, name, bold)
    for line, record in enumerate(records, start=1):
        for at, name in enumerate(names):
            value = record[name]
            if isinstance(value, int) and not isinstance(value, bool):
                sheet.write_number(line, at, value)
            else:
                sheet.write_string(line, at, _plain(value))
    book.close()
    return out.getvalue()


def _plain(value: str | int | bool | None) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(str(value)) if value is not None else ""


WRITERS: Mapping[ReceiptKind, tuple[Callable[[tuple[str, ...], list[Record]], bytes], str]] = {
    ReceiptKind.CSV: (_as_csv, "text/csv; charset=utf-8"),
    ReceiptKind.XLSX: (_as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ReceiptKind.JSON: (_as_json, "application/json"),
}
