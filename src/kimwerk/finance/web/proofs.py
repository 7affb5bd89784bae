"""The proof of use: on a page, as a workbook and as an accessible PDF."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.finance.calculation.proof import double_funding
from kimwerk.finance.models import CostPlan, ProofReport
from kimwerk.finance.paper.pdf import as_pdf
from kimwerk.finance.paper.tables import PaperTable, as_workbook, cell_text
from kimwerk.finance.proving import Proof, awards_of, double_in_words, paper_of
from kimwerk.finance.selectors.execution import execution
from kimwerk.finance.selectors.plans import plan_inputs
from kimwerk.finance.selectors.proof import bookings_of, passed_on_days, vouchers_of
from kimwerk.finance.services.proofs import keep_report
from kimwerk.finance.web.forms import YearForm
from kimwerk.finance.web.pages import ProofPage
from kimwerk.finance.web.within import ask, kept_plan, tabs_of, to_plan, to_plans, years_of
from kimwerk.kernel import german
from kimwerk.staffing.web.pages import Part
from kimwerk.ui.components import Action, Cell, Column, NavItem, Row, Table
from kimwerk.ui.notices import notify

FORMS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_workbook),
    "pdf": ("application/pdf", as_pdf),
}


class ReportForm(forms.Form):
    """The short report, and when the proof was handed in."""

    text = forms.CharField(
        label=gettext_lazy("Short report"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("What was done with the money, and what came of it. No names of people in counselling."),
    )  # fmt: skip
    handed_in_on = forms.DateField(label=gettext_lazy("Handed in on"), required=False)


@needs(Permission.FINANCE_MANAGE)
def proof(request: ActorRequest, pk: int) -> HttpResponse:
    """The proof of a year as it stands, with what has to be mended first."""
    kept = kept_plan(request, pk)
    asked = YearForm(request.GET, kept.years)
    year = asked.chosen
    made = proof_of(request.actor, kept, year)
    paper = paper_of(made, made_at=timezone.localtime())
    report = ProofReport.objects.filter(plan=kept, year=year).first()
    wrong = [each for each in made.found if each.is_wrong]
    page = ProofPage(
        title=_("Proof of use"),
        state=_("Handed in on %(day)s") % {"day": german.day(report.handed_in_on)}
        if report and report.handed_in_on
        else f"{kept.title} · {years_of(kept)}",
        crumbs=to_plans(),
        tabs=tabs_of(request.actor, kept, "proof"),
        action=Action(_("Write the short report"), reverse("finance:proof_report", args=[pk, year])),
        filter=asked,
        reset_url=reverse("finance:proof", args=[pk]),
        warnings=double_in_words(wrong),
        files=tuple(NavItem(form.upper(), reverse("finance:proof_file", args=[pk, year, form])) for form in FORMS),
        parts=tuple(_part(f"part-{at}", table) for at, table in enumerate(paper.tables)),
        report=paper.text,
    )
    return render(request, "finance/proof.html", {"page": page})


@needs(Permission.FINANCE_MANAGE)
def report(request: ActorRequest, pk: int, year: int) -> HttpResponse:
    """Write the short report of a year."""
    kept = _of_year(kept_plan(request, pk), year)
    known = ProofReport.objects.filter(plan=kept, year=year).first()
    initial = {"text": known.text, "handed_in_on": known.handed_in_on} if known else {}
    form = ReportForm(request.POST or None, initial=initial)
    if form.is_valid():
        keep_report(actor=request.actor, plan=kept, year=year, **form.cleaned_data)
        notify(request, _("The short report is saved."))
        return redirect(reverse("finance:proof", args=[pk]) + f"?year={year}")
    return ask(request, _("Short report %(year)s") % {"year": year}, to_plan(kept, "proof"), form)


@needs(Permission.FINANCE_MANAGE)
def download(request: ActorRequest, pk: int, year: int, form: str) -> HttpResponse:
    """The proof as a file."""
    kept = _of_year(kept_plan(request, pk), year)
    if form not in FORMS:
        raise Http404
    content_type, write = FORMS[form]
    paper = paper_of(proof_of(request.actor, kept, year), made_at=timezone.localtime())
    response = HttpResponse(write(paper), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="verwendungsnachweis-{year}.{form}"'
    return response


def proof_of(actor: Actor, plan: CostPlan, year: int) -> Proof:
    """The proof of a year with everything that is checked."""
    inputs = plan_inputs(actor, plan)
    done = execution(inputs, year)
    found = double_funding(
        done, plan.pk, vouchers_of(plan, year), inputs.given.held, awards_of(inputs, year), passed_on_days(plan)
    )
    text = ProofReport.objects.filter(plan=plan, year=year).values_list("text", flat=True).first() or ""
    return Proof(inputs, done, bookings_of(actor, plan, year), found, text)


def _of_year(plan: CostPlan, year: int) -> CostPlan:
    if year not in plan.years:
        raise Http404
    return plan


def _part(key: str, table: PaperTable) -> Part:
    """A table of the paper as a page shows it."""
    columns = tuple(Column(head, is_numeric=table.is_numeric(at)) for at, head in enumerate(table.heads))
    rows = tuple(Row(tuple(Cell(cell_text(cell)) for cell in row)) for row in table.rows)
    return Part(key, table.title, Table(table.title, columns, rows, is_caption_hidden=True), table.empty)
