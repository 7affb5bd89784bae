"""The proof of use: on a page, as a workbook and as an accessible PDF; as it stands, and as it was handed in."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.finance.models import CostPlan, HandedInProof, ProofReport
from kimwerk.finance.paper.freezing import changes, thawed
from kimwerk.finance.paper.pdf import as_pdf
from kimwerk.finance.paper.tables import Paper, PaperTable, as_workbook, cell_text
from kimwerk.finance.proving import changes_in_words, double_in_words, paper_of, proof_of
from kimwerk.finance.services.proofs import hand_in, keep_report
from kimwerk.finance.web.forms import YearForm
from kimwerk.finance.web.pages import HandedIn, ProofPage
from kimwerk.finance.web.within import ask, kept_plan, of_kept_plan, tabs_of, to_plan, to_plans, years_of
from kimwerk.kernel import german
from kimwerk.staffing.web.pages import Part
from kimwerk.ui.components import Action, Cell, Column, NavItem, Row, Table
from kimwerk.ui.notices import notify

FORMS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_workbook),
    "pdf": ("application/pdf", as_pdf),
}


class ReportForm(forms.Form):
    """The short report, and until when the proof is asked for."""

    text = forms.CharField(
        label=gettext_lazy("Short report"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("What was done with the money, and what came of it. No names of people in counselling."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=gettext_lazy("The proof is due on"), required=False,
        help_text=gettext_lazy("The notice of the Land says until when. It then stands on “My day”."),
    )  # fmt: skip


class HandInForm(forms.Form):
    """The day on which a proof goes to the Land."""

    on = forms.DateField(label=gettext_lazy("Handed in on"), initial=timezone.localdate)


@needs(Permission.FINANCE_MANAGE)
def proof(request: ActorRequest, pk: int) -> HttpResponse:
    """The proof of a year as it stands, with what has to be mended first, and what was handed in."""
    kept = kept_plan(request, pk)
    asked = YearForm(request.GET, kept.years)
    year = asked.chosen
    made = proof_of(request.actor, kept, year)
    paper = paper_of(made, made_at=timezone.localtime())
    numeric, posts, vouchers, double = paper.tables
    report = ProofReport.objects.filter(plan=kept, year=year).first()
    handed_in = list(HandedInProof.objects.filter(plan=kept, year=year))
    page = ProofPage(
        title=_("Proof of use"),
        state=_state(kept, report, handed_in),
        crumbs=to_plans(),
        tabs=tabs_of(request.actor, kept, "proof"),
        action=Action(_("Hand the proof in"), reverse("finance:hand_in", args=[pk, year])),
        filter=asked,
        reset_url=reverse("finance:proof", args=[pk]),
        warnings=double_in_words([each for each in made.found if each.is_wrong]),
        handed_in=tuple(_handed_in(each) for each in handed_in),
        changed=_changed_since(handed_in[0], paper) if handed_in else (),
        files=tuple(NavItem(form.upper(), reverse("finance:proof_file", args=[pk, year, form])) for form in FORMS),
        parts=(_part("numeric", numeric), _posts(posts), _part("double", double)),
        vouchers=_part("vouchers", vouchers),
        report=paper.text,
        report_link=NavItem(_("Short report and deadline"), reverse("finance:proof_report", args=[pk, year])),
    )
    return render(request, "finance/proof.html", {"page": page})


@needs(Permission.FINANCE_MANAGE)
def report(request: ActorRequest, pk: int, year: int) -> HttpResponse:
    """Write the short report of a year."""
    kept = _of_year(kept_plan(request, pk), year)
    known = ProofReport.objects.filter(plan=kept, year=year).first()
    form = ReportForm(request.POST or None, initial={"text": known.text, "due_on": known.due_on} if known else {})
    if form.is_valid():
        keep_report(actor=request.actor, plan=kept, year=year, **form.cleaned_data)
        notify(request, _("The short report is saved."))
        return redirect(_url_of(kept, year))
    return ask(request, _("Short report %(year)s") % {"year": year}, to_plan(kept, "proof"), form)


@needs(Permission.FINANCE_MANAGE)
def send(request: ActorRequest, pk: int, year: int) -> HttpResponse:
    """Hand the proof in: it is kept as it is now."""
    kept = _of_year(kept_plan(request, pk), year)
    form = HandInForm(request.POST or None)
    if form.is_valid():
        hand_in(actor=request.actor, plan=kept, year=year, on=form.cleaned_data["on"])
        notify(request, _("The proof is kept as it was handed in."))
        return redirect(_url_of(kept, year))
    lead = _("The proof is kept as it is now, with every number. Later changes of posts and bookings do not touch it.")
    title = _("Hand in the proof of use %(year)s") % {"year": year}
    return ask(request, title, to_plan(kept, "proof"), form, label=_("Hand in"), lead=lead)


@needs(Permission.FINANCE_MANAGE)
def download(request: ActorRequest, pk: int, year: int, form: str) -> HttpResponse:
    """The proof as it stands, as a file."""
    kept = _of_year(kept_plan(request, pk), year)
    return _file(paper_of(proof_of(request.actor, kept, year), made_at=timezone.localtime()), year, form)


@needs(Permission.FINANCE_MANAGE)
def download_handed_in(request: ActorRequest, pk: int, form: str) -> HttpResponse:
    """The proof as it was handed in, as a file."""
    kept = of_kept_plan(request, HandedInProof, pk)
    return _file(thawed(kept.content), kept.year, form)


def _file(paper: Paper, year: int, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    content_type, write = FORMS[form]
    response = HttpResponse(write(paper), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="verwendungsnachweis-{year}.{form}"'
    return response


def _of_year(plan: CostPlan, year: int) -> CostPlan:
    if year not in plan.years:
        raise Http404
    return plan


def _url_of(plan: CostPlan, year: int) -> str:
    return reverse("finance:proof", args=[plan.pk]) + f"?year={year}"


def _state(plan: CostPlan, report: ProofReport | None, handed_in: Sequence[HandedInProof]) -> str:
    """Handed in when, due when, or of which plan."""
    if handed_in:
        return _("Handed in on %(day)s") % {"day": german.day(handed_in[0].handed_in_on)}
    if report and report.due_on:
        return _("Due on %(day)s") % {"day": german.day(report.due_on)}
    return f"{plan.title} · {years_of(plan)}"


def _handed_in(each: HandedInProof) -> HandedIn:
    return HandedIn(
        _("Handed in on %(day)s") % {"day": german.day(each.handed_in_on)},
        _("checksum %(hash)s") % {"hash": each.content_hash[:16]},
        tuple(NavItem(form.upper(), reverse("finance:handed_in_file", args=[each.pk, form])) for form in FORMS),
    )


def _changed_since(latest: HandedInProof, paper: Paper) -> tuple[str, ...]:
    before = thawed(latest.content)
    changed = changes_in_words(changes(before, paper))
    return (*changed, _("The short report is another one.")) if before.text != paper.text else changed


def _part(key: str, table: PaperTable) -> Part:
    """A table of the paper as a page shows it."""
    columns = tuple(Column(head, is_numeric=table.is_numeric(at)) for at, head in enumerate(table.heads))
    rows = tuple(Row(tuple(Cell(cell_text(cell)) for cell in row)) for row in table.rows)
    return Part(key, table.title, Table(table.title, columns, rows, is_caption_hidden=True), table.empty)


def _posts(table: PaperTable) -> Part:
    """The posts as a page has room for them: what for and months as notes."""
    post, _kind, share, held, months, personnel, workplace, decides = table.heads
    columns = (
        Column(post), Column(share, is_numeric=True), Column(held), Column(personnel, is_numeric=True),
        Column(workplace, is_numeric=True), Column(decides),
    )  # fmt: skip
    rows = tuple(_post_row([cell_text(cell) for cell in row], months) for row in table.rows)
    return Part("posts", table.title, Table(table.title, columns, rows, is_caption_hidden=True), table.empty)


def _post_row(texts: Sequence[str], months: str) -> Row:
    title, kind, share, held, count, personnel, workplace, decides = texts
    return Row(
        (
            Cell(title, note=kind), Cell(share), Cell(held, note=f"{months}: {count}"), Cell(personnel),
            Cell(workplace), Cell(decides),
        )
    )  # fmt: skip
