"""Findings and remarks in sentences, and as JSON with keys that stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.kernel.sheets.refusals import FileRefused, Refusal
from kimwerk.reporting.plausibility.checking import Finding, Mending, Remark, RemarkKind, Report, Spot
from kimwerk.reporting.plausibility.grids import LIMITS
from kimwerk.reporting.plausibility.relations import Kind

MOST_NAMED = 4
"""Changes that are named one by one."""
MOST_PLACES = 6

_SUM = gettext_lazy("The parts add up to %(expected)s, %(found)s is written (difference %(difference)s).")
_SENTENCES: Mapping[Kind, Text] = {
    Kind.ROW_SUM: gettext_lazy("The row adds up to %(expected)s, %(found)s is written (difference %(difference)s)."),
    Kind.COLUMN_SUM: gettext_lazy(
        "The column adds up to %(expected)s, %(found)s is written (difference %(difference)s)."
    ),
    Kind.SUBTOTAL: _SUM,
    Kind.BALANCE: gettext_lazy("The balance comes to %(expected)s, %(found)s is written (difference %(difference)s)."),
    Kind.DIFFERENCE: gettext_lazy(
        "The change comes to %(expected)s, %(found)s is written (difference %(difference)s)."
    ),
    Kind.CUMULATED: gettext_lazy(
        "The running sum comes to %(expected)s, %(found)s is written (difference %(difference)s)."
    ),
    Kind.PERCENTAGE: gettext_lazy(
        "The share comes to %(expected)s %%, %(found)s %% is written (difference %(difference)s)."
    ),
    Kind.SHARE_SUM: gettext_lazy(
        "The shares add up to %(expected)s, %(found)s is written (difference %(difference)s)."
    ),
    Kind.CHANGE: gettext_lazy(
        "The change comes to %(expected)s %%, %(found)s %% is written (difference %(difference)s)."
    ),
    Kind.SURCHARGE: gettext_lazy(
        "%(rate)s %% of %(base)s are %(expected)s, %(found)s is written (difference %(difference)s)."
    ),
    Kind.CUT_OFF: gettext_lazy(
        "%(rate)s %% of %(base)s are %(expected)s rounded and %(found)s cut off; the cut-off amount is written."
    ),
    Kind.PER_HEAD: gettext_lazy(
        "Number times rate comes to %(expected)s, %(found)s is written (difference %(difference)s)."
    ),
    Kind.PART_TOO_LARGE: gettext_lazy("A part of %(expected)s cannot be %(found)s (difference %(difference)s)."),
    Kind.AGE_GAP: gettext_lazy("Between %(before)s and %(found)s, %(ages)s is in no band."),
    Kind.AGE_OVERLAP: gettext_lazy("%(before)s and %(found)s overlap: %(ages)s is in both bands."),
}
_REMARKS: Mapping[RemarkKind, Text] = {
    RemarkKind.ROUNDING: gettext_lazy("differs by %(difference)s; rounding explains that."),
    RemarkKind.OTHER_POPULATION: gettext_lazy(
        "differs by %(difference)s; according to its label or a note, the total is of other people."
    ),
    RemarkKind.OTHER_DATE: gettext_lazy(
        "differs by %(difference)s; according to its label or a note, the total is of another date."
    ),
    RemarkKind.SEVERAL_TIMES: gettext_lazy("differs by %(difference)s; people may be counted several times."),
    RemarkKind.NOT_ADDITIVE: gettext_lazy(
        "is named a total, but most of its numbers are no sum of the others. It was not checked."
    ),
    RemarkKind.NEGATIVE_COUNT: gettext_lazy("is negative (%(difference)s). Counts are not."),
}


def finding_in_words(finding: Finding) -> str:
    """What does not agree, without where."""
    parts = finding.parts
    facts = {
        "expected": _shown(finding.expected),
        "found": _shown(finding.found),
        "difference": _signed(finding.difference),
        "rate": _shown(finding.rate.normalize() + 0) if finding.rate is not None else "",
        "base": _shown(finding.base) if finding.base is not None else "",
        "before": parts[0] if parts else "",
        "ages": parts[-1] if parts else "",
    }
    return str(_SENTENCES[finding.kind]) % facts


def mend_in_words(finding: Finding) -> str:
    """The change that would mend it, and how sure that is; empty if no single change would."""
    mend = finding.mend
    if mend is None:
        return ""
    facts = {"cell": where(mend.spot), "was": _shown(mend.was), "to": _shown(mend.to)}
    text = _("Mended by: %(cell)s from %(was)s to %(to)s.") % facts
    if mend.follows:
        text += " " + _("These sums change with it: %(cells)s.") % {"cells": ", ".join(mend.follows)}
    if finding.alternatives:
        names = ", ".join(f"{each.spot.cell} → {_shown(each.to)}" for each in finding.alternatives[:MOST_NAMED])
        text += " " + _("As well possible: %(changes)s.") % {"changes": names}
    if finding.also:
        text += " " + ngettext(
            "%(count)d share is mended with it.", "%(count)d shares are mended with it.", finding.also
        ) % {"count": finding.also}
    return text


def remark_in_words(remark: Remark) -> str:
    """A remark with where it belongs."""
    if remark.spot is None:
        return _("No sums, shares or bands were found in a table, so there is nothing to check in it.")
    sentence = str(_REMARKS[remark.kind]) % {"difference": _signed(remark.difference)}
    return f"{where(remark.spot)} {sentence}"


def where(spot: Spot) -> str:
    """A cell as a reader finds it: row and column with their names."""
    facts = {"row": spot.row, "label": spot.row_label, "column": spot.column, "cell": spot.cell}
    if spot.row_label and spot.column:
        text = _("Row %(row)d “%(label)s”, column “%(column)s” (%(cell)s)") % facts
    else:
        text = _("Row %(row)d, column “%(column)s” (%(cell)s)") % facts
    return f"{spot.sheet}: {text}" if spot.sheet else text


def summary(report: Report) -> str:
    """How much was checked and what was found, in one sentence."""
    checked = ngettext("%(count)d relation checked", "%(count)d relations checked", report.checked) % {
        "count": report.checked
    }
    found = len(report.findings)
    if not found:
        return _("%(checked)s, all agree.") % {"checked": checked}
    text = ngettext("%(checked)s, %(count)d does not agree.", "%(checked)s, %(count)d do not agree.", found)
    return text % {"checked": checked, "count": found}


def lines_of(report: Report) -> Iterator[str]:
    """The report as text for a terminal."""
    for finding in report.findings:
        yield f"{where(finding.spot)}: {finding_in_words(finding)}"
        if mend := mend_in_words(finding):
            yield "    " + mend
    for remark in report.remarks:
        yield _("Remark: %(text)s") % {"text": remark_in_words(remark)}
    yield summary(report)


def as_data(report: Report) -> dict[str, object]:
    """The report for JSON."""
    return {
        "tables": report.tables,
        "checked": report.checked,
        "findings": [_finding_data(finding) for finding in report.findings],
        "remarks": [
            {"kind": remark.kind.value, **(_spot_data(remark.spot) if remark.spot else {}),
             "difference": _plain(remark.difference), "text": remark_in_words(remark)}
            for remark in report.remarks
        ],
    }  # fmt: skip


def _finding_data(finding: Finding) -> dict[str, object]:
    return {
        **_spot_data(finding.spot),
        "kind": finding.kind.value,
        "expected": _plain(finding.expected),
        "found": _plain(finding.found),
        "difference": _plain(finding.difference),
        "mend": _mend_data(finding.mend) if finding.mend else None,
        "alternatives": [_mend_data(each) for each in finding.alternatives],
        "text": f"{finding_in_words(finding)} {mend_in_words(finding)}".strip(),
    }


def _mend_data(mend: Mending) -> dict[str, object]:
    return {**_spot_data(mend.spot), "from": _plain(mend.was), "to": _plain(mend.to), "follows": list(mend.follows)}


def _spot_data(spot: Spot) -> dict[str, object]:
    return {
        "sheet": spot.sheet, "row": spot.row, "row_label": spot.row_label, "column": spot.column, "cell": spot.cell,
    }  # fmt: skip


def _plain(value: Decimal | str) -> float | int | str:
    if isinstance(value, str):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _shown(value: Decimal | str) -> str:
    if isinstance(value, str):
        return value
    places = max(-int(value.as_tuple().exponent), 0)
    if places > MOST_PLACES:
        value = value.quantize(Decimal(1).scaleb(-MOST_PLACES)).normalize()
        places = max(-int(value.as_tuple().exponent), 0)
    return german.number(value, places)


def _signed(value: Decimal) -> str:
    return ("+" if value > 0 else "") + _shown(value)


_REFUSALS: Mapping[Refusal, Text] = {
    Refusal.EMPTY: gettext_lazy("The file is empty."),
    Refusal.TOO_LARGE: gettext_lazy("The file is larger than %(size)d MB. Save only the tables to be checked."),
    Refusal.ZIP_BOMB: gettext_lazy("The file unpacks to far more than a table needs, so it was not opened."),
    Refusal.PASSWORD: gettext_lazy("The file is protected with a password. Save it without one."),
    Refusal.BROKEN: gettext_lazy("The file is damaged and cannot be read. Save it anew as XLSX or CSV."),
    Refusal.UNKNOWN_FORMAT: gettext_lazy("This is no table that can be read. Save it as XLSX, ODS or CSV."),
    Refusal.ENCODING: gettext_lazy("The letters of the file cannot be read. Save it as CSV in UTF-8, or as XLSX."),
    Refusal.NUL_CHARACTERS: gettext_lazy("This is no text file, although it is named so. Save it as CSV or XLSX."),
    Refusal.TOO_MANY_ROWS: gettext_lazy("The table has more than 20,000 rows. Split it."),
    Refusal.TOO_MANY_COLUMNS: gettext_lazy("The table has more than 200 columns. Split it."),
    Refusal.TOO_MANY_CELLS: gettext_lazy("The tables of the file are too large. Split it."),
    Refusal.NO_DATA: gettext_lazy("There is no table in the file."),
}


def refusal_in_words(refused: FileRefused) -> str:
    """Why a file cannot be read, and what to do."""
    return str(_REFUSALS[refused.code]) % {"size": LIMITS.size // (1024 * 1024)}


def no_table() -> str:
    """A file of words only."""
    return _("There is no table with numbers in the file.")
