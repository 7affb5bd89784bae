"""Published tables as open data: CSV, JSON, and a data package that says what each column means."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import TypedDict

from django.utils.translation import gettext as _

from kimwerk.activities.export.sanitising import harmless
from kimwerk.reporting.public.results import PublicTableJson

LICENCE = "dl-de/by-2-0"
LICENCE_URL = "https://www.govdata.de/dl-de/by-2-0"
VALUE, STATUS = "wert", "status"
PRINTED, HIDDEN = "veroeffentlicht", "unterdrueckt"


class Field(TypedDict):
    """A column in the sense of Table Schema."""

    name: str
    title: str
    type: str


class PackageFacts(TypedDict):
    """What a data package says of the publication."""

    name: str
    title: str
    publisher: str
    address: str
    published_on: str


def table_csv(table: PublicTableJson) -> bytes:
    """A line for each cell, margins included. Hidden cells have no value, whatever the reason.

    UTF-8, commas, points: for programs. Texts are shielded against formulas.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    labels = [{member["key"]: member["label"] for member in each["members"]} for each in table["dimensions"]]
    writer.writerow([*(each["key"] for each in table["dimensions"]), VALUE, STATUS])
    for cell in table["cells"]:
        named = (harmless(labels[place][key]) for place, key in enumerate(cell["members"]))
        is_hidden = cell["value"] is None
        writer.writerow([*named, "" if is_hidden else cell["value"], HIDDEN if is_hidden else PRINTED])
    return out.getvalue().encode()


def table_json(table: PublicTableJson) -> bytes:
    """The table with its definition, its schema and its cells."""
    return json.dumps(table | {"schema": schema_of(table)}, ensure_ascii=False, indent=1).encode() + b"\n"


def schema_of(table: PublicTableJson) -> dict[str, object]:
    """The columns of the CSV in the sense of Table Schema (Frictionless Data)."""
    is_exact = any(isinstance(cell["value"], str) for cell in table["cells"])
    fields: list[Field] = [
        {"name": each["key"], "title": each["title"], "type": "string"} for each in table["dimensions"]
    ]
    fields.append({"name": VALUE, "title": table["unit"], "type": "number" if is_exact else "integer"})
    fields.append({"name": STATUS, "title": _("whether the number is printed"), "type": "string"})
    return {
        "fields": [
            *(dict(field) for field in fields[:-1]),
            dict(fields[-1]) | {"constraints": {"enum": [PRINTED, HIDDEN]}},
        ],
        "missingValues": [""],
        "primaryKey": [each["key"] for each in table["dimensions"]],
    }


def data_package(facts: PackageFacts, tables: Sequence[PublicTableJson]) -> bytes:
    """`datapackage.json`: every table of a publication with its schema (Frictionless Data Package)."""
    package = {
        "profile": "tabular-data-package",
        "name": facts["name"],
        "title": facts["title"],
        "homepage": facts["address"],
        "created": facts["published_on"],
        "contributors": [{"title": facts["publisher"], "role": "publisher"}],
        "licenses": [{"name": LICENCE, "path": LICENCE_URL}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": f"tabelle-{number}",
                "title": table["title"],
                "description": f"{table['counts']} {table['population']}",
                "path": f"{facts['address']}tabelle-{number}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": schema_of(table),
            }
            for number, table in enumerate(tables, start=1)
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n"
