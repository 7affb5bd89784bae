"""The monthly list for the data protection officer: disclosures that rest on a law."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.accounts.selectors import names_of
from kimwerk.consent.selectors import ByLaw, month_by_law
from kimwerk.consent.services.reviewing import hand_out_by_law
from kimwerk.consent.web.pages import ByLawPage
from kimwerk.consent.web.papers.law_list import LawList, law_list_csv, print_law_list
from kimwerk.consent.web.showing import moment, reference
from kimwerk.consent.web.views.persons import pdf_answer
from kimwerk.consent.web.wording import categories_text
from kimwerk.ui.components import Cell, Column, Row, Table


@require_GET
@needs(Permission.DISCLOSURE_REVIEW)
def by_law(request: ActorRequest) -> HttpResponse:
    """Who told whom what sort of data, and which law was named. No name and no content."""
    month = _month(request)
    rows = month_by_law(request.actor, month)
    following = (month + timedelta(days=32)).replace(day=1)
    page = ByLawPage(
        title=date_format(month, "F Y"),
        table=_table(rows),
        previous_url=_address("consent:by_law", (month - timedelta(days=1)).replace(day=1)),
        next_url=_address("consent:by_law", following) if following <= timezone.localdate() else "",
        csv_url=_address("consent:by_law_csv", month),
        pdf_url=_address("consent:by_law_pdf", month),
        count=len(rows),
    )
    return render(request, "consent/by_law.html", {"page": page})


@require_GET
@needs(Permission.DISCLOSURE_REVIEW)
def by_law_csv(request: ActorRequest) -> HttpResponse:
    """The month for a spreadsheet."""
    month = _month(request)
    text = law_list_csv(hand_out_by_law(actor=request.actor, month=month))
    disposition = f'attachment; filename="weitergaben-{month:%Y-%m}.csv"'
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


@require_GET
@needs(Permission.DISCLOSURE_REVIEW)
def by_law_pdf(request: ActorRequest) -> HttpResponse:
    """The month on paper."""
    month, own = _month(request), request.actor.account_id
    listed = LawList(
        month=date_format(month, "F Y"),
        asked_by=names_of([own]).get(own, "") if own else "",
        made_at=timezone.localtime(),
        rows=hand_out_by_law(actor=request.actor, month=month),
    )
    return pdf_answer(print_law_list(listed), f"weitergaben-{month:%Y-%m}")


def _table(rows: tuple[ByLaw, ...]) -> Table:
    return Table(
        _("Disclosures on a statutory basis"),
        (Column(_("Day")), Column(_("Told to")), Column(_("Which data")), Column(_("Law")), Column(_("Reason")),
         Column(_("By"))),
        tuple(
            Row(
                (
                    Cell(moment(each), note=reference(each)),
                    Cell(each.recipient.name, note=each.purpose.label),
                    Cell(categories_text(each.categories)),
                    Cell(str(each.statutory_basis)),
                    Cell(each.basis_reason),
                    Cell(each.disclosed_by.display_name, note=each.organisation.name),
                )
            )
            for each in rows
        ),
        is_caption_hidden=True,
    )  # fmt: skip


def _month(request: ActorRequest) -> date:
    """The month that is asked for, as "2022-03"; else the current one."""
    asked = request.GET.get("monat", "")
    if not asked:
        return timezone.localdate().replace(day=1)
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError:
        raise Http404 from None


def _address(route: str, month: date) -> str:
    return f"{reverse(route)}?monat={month:%Y-%m}"
