"""The monthly list of disclosures by law, for spreadsheets and as paper for the data protection officer's file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from kimwerk.activities.export.sanitising import harmless
from kimwerk.consent.selectors import ByLaw
from kimwerk.consent.web.showing import moment, reference
from kimwerk.consent.web.wording import categories_text
from kimwerk.kernel import german
from kimwerk.ui.typesetting import typeset

TEMPLATE = Path(__file__).with_name("law_list.typ")
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class LawList:
    """A month as the paper shows it; `asked_by` is whoever printed it."""

    month: str
    asked_by: str
    made_at: datetime
    rows: Sequence[ByLaw]


def law_list_csv(rows: Iterable[ByLaw]) -> str:
    """For spreadsheets: semicolons, texts shielded against formulas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for line in (_heads(), *map(_line, rows)):
        writer.writerow(harmless(text) for text in line)
    return BYTE_ORDER_MARK + out.getvalue()


def print_law_list(listed: LawList) -> bytes:
    """The PDF."""
    return typeset(TEMPLATE, json.dumps(_payload(listed), ensure_ascii=False))


def _heads() -> tuple[str, ...]:
    return (
        _("Reference number"), _("Day"), _("Told to"), _("What for"), _("Which data"), _("Law"), _("Reason"), _("By"),
        _("Office"),
    )  # fmt: skip


def _line(disclosure: ByLaw) -> tuple[str, ...]:
    return (
        reference(disclosure),
        moment(disclosure),
        disclosure.recipient.name,
        disclosure.purpose.label,
        categories_text(disclosure.categories),
        str(disclosure.statutory_basis),
        disclosure.basis_reason,
        disclosure.disclosed_by.display_name,
        disclosure.organisation.name,
    )


def _payload(listed: LawList) -> dict[str, object]:
    told = {"name": listed.asked_by, "day": german.day(listed.made_at.date())}
    return {
        "made_at": int(listed.made_at.timestamp()),
        "title": _("Disclosures on a statutory basis, %(month)s") % {"month": listed.month},
        "author": listed.asked_by,
        "made": _("Printed by %(name)s on %(day)s. Names nobody in care.") % told,
        "nothing": _("In this month nothing was passed on without consent."),
        "heads": _heads(),
        "lines": [_line(each) for each in listed.rows],
        "page": [_("page"), _("of")],
    }
