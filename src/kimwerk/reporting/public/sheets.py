"""The fact sheet of a municipality as an accessible PDF of one page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from kimwerk.kernel import german
from kimwerk.reporting.models import Publication
from kimwerk.reporting.pdf.rowheads import mark_row_heads
from kimwerk.reporting.public.municipalities import SheetJson
from kimwerk.reporting.public.showing import HIDDEN, rate_text, shown
from kimwerk.reporting.wording import window_label
from kimwerk.ui.typesetting import typeset_each

TEMPLATE = Path(__file__).with_name("sheet.typ")
MOST_PARTS, MOST_ROWS = 2, 12
"""What fits onto one page; the whole stands on the public page."""


def sheet_papers(sheets: Sequence[SheetJson], publication: Publication, counted_on: date) -> tuple[bytes, ...]:
    """A page for each, PDF/UA-1 and PDF/A-3a. Raises what `typeset` does."""
    told = [_payload(sheet, publication, counted_on) for sheet in sheets]
    papers = typeset_each(TEMPLATE, [json.dumps(payload, ensure_ascii=False) for payload, _rows in told])
    return tuple(mark_row_heads(paper, rows) for paper, (_payload_of, rows) in zip(papers, told, strict=True))


def _payload(sheet: SheetJson, publication: Publication, counted_on: date) -> tuple[dict[str, object], int]:
    """What the template prints, and how many rows its tables have."""
    tables = [_main(sheet), *(_part(part["title"], part["unit"], part["rows"]) for part in sheet["parts"][:MOST_PARTS])]
    payload: dict[str, object] = {
        "made_at": int(datetime.combine(counted_on, time(12), get_default_timezone()).timestamp()),
        "title": _("Integration in %(name)s") % {"name": sheet["name"]},
        "publisher": publication.publisher,
        "source": _("From “%(title)s”, %(window)s") % {
            "title": publication.title, "window": window_label(publication.window),
        },
        "residents": residents_text(sheet),
        "tables": tables,
        "note": legend_of(sheet),
    }  # fmt: skip
    return payload, sum(len(table["rows"]) for table in tables)


def residents_text(sheet: SheetJson) -> str:
    """How many live there, and since when that is known."""
    if sheet["residents"] is None:
        return _("Residents: not known")
    return _("%(number)s residents (%(day)s)") % {
        "number": german.number(sheet["residents"]),
        "day": sheet["residents_on"] or "–",
    }


def legend_of(sheet: SheetJson) -> str:
    """What the sign for hidden numbers means, where one stands."""
    values = [line["value"] for line in sheet["lines"]]
    values += [value for part in sheet["parts"] for _label, value in part["rows"]]
    return legend() if None in values else ""


def legend() -> str:
    """What the sign for hidden numbers means."""
    return _(
        "%(sign)s: not published, because small numbers could point at people, amounts at a single post or body, or"
        " because others could be worked out."
    ) % {"sign": HIDDEN}


def main_heads() -> tuple[str, ...]:
    """The headings of the sheet's first table."""
    return (_("Figure"), _("How many"), _("per 1,000 residents"), _("county per 1,000 residents"))


def main_rows(sheet: SheetJson) -> list[tuple[str, ...]]:
    """The rows of the sheet's first table."""
    return [
        (
            f"{line['title']} ({line['unit']})",
            shown(line["value"]),
            rate_text(line["rate"]),
            rate_text(line["county_rate"]),
        )
        for line in sheet["lines"]
    ]


def _main(sheet: SheetJson) -> dict[str, list[list[str]]]:
    return {"head": [list(main_heads())], "rows": [list(row) for row in main_rows(sheet)]}


def _part(title: str, unit: str, rows: list[tuple[str, int | None]]) -> dict[str, list[list[str]]]:
    return {"head": [[title, unit]], "rows": [[label, shown(value)] for label, value in rows[:MOST_ROWS]]}
