"""Checking a table that somebody has published or is about to: upload, findings, nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel.sheets.refusals import MEBIBYTE, FileRefused
from kimwerk.reporting.plausibility import words
from kimwerk.reporting.plausibility.checking import NoTable, Report, check
from kimwerk.reporting.plausibility.grids import LIMITS
from kimwerk.ui.components import Cell, Column, Row, Table
from kimwerk.ui.uploads import is_too_large
from kimwerk.ui.widgets import FileInput

LARGEST_MIB = LIMITS.size // MEBIBYTE
SUFFIXES = (".csv", ".xlsx", ".ods", ".txt")
MOST_SHOWN = 100
"""Findings a page shows; a table with more is wrong as a whole."""


class TableForm(forms.Form):
    """A file with tables."""

    file = forms.FileField(
        label=gettext_lazy("Table"), widget=FileInput(accept=SUFFIXES, largest_mib=LARGEST_MIB),
        help_text=gettext_lazy("With head, lines and sums. The file is not kept."),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableCheckPage:
    """The question, and what was found."""

    form: TableForm
    verdict: str = ""
    is_clean: bool = False
    table: Table | None = None
    remarks: tuple[str, ...] = ()
    cut: str = ""


@needs(Permission.FIGURE_READ)
def table_check(request: ActorRequest) -> HttpResponse:
    """Upload a table; the page names what does not agree."""
    form = TableForm(request.POST or None, request.FILES or None)
    report = _report(request, form) if request.method == "POST" else None
    page = _page(form, report) if report else TableCheckPage(form)
    return render(request, "reporting/table_check.html", {"page": page})


def _report(request: ActorRequest, form: TableForm) -> Report | None:
    if not form.is_valid() and not is_too_large(request):
        return None
    file = form.cleaned_data.get("file")
    if is_too_large(request) or file is None or file.size > LIMITS.size:
        form.add_error("file", _("The file is larger than %(size)s MB. Choose a smaller one.") % {"size": LARGEST_MIB})
        return None
    try:
        return check(file.read(), file.name)
    except FileRefused as refused:
        form.add_error("file", words.refusal_in_words(refused))
    except NoTable:
        form.add_error("file", words.no_table())
    return None


def _page(form: TableForm, report: Report) -> TableCheckPage:
    rows = tuple(
        Row((Cell(words.where(each.spot)), Cell(words.finding_in_words(each)), Cell(words.mend_in_words(each))))
        for each in report.findings[:MOST_SHOWN]
    )
    columns = (Column(_("Where it is")), Column(_("What does not agree")), Column(_("What would mend it")))
    hidden = len(report.findings) - len(rows)
    return TableCheckPage(
        form=form,
        verdict=words.summary(report),
        is_clean=not report.findings,
        table=Table(caption=_("What does not agree"), columns=columns, rows=rows) if rows else None,
        remarks=tuple(words.remark_in_words(each) for each in report.remarks[:MOST_SHOWN]),
        cut=_("%(count)d more are not shown.") % {"count": hidden} if hidden else "",
    )
