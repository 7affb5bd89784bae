"""The monthly list for the data protection officer: disclosures that rest on a law."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.consent.models import Disclosure, ListDisclosure
from kimwerk.consent.selectors import disclosed_by_law, lists_disclosed_by_law
from kimwerk.consent.web.pages import ByLawPage
from kimwerk.consent.web.showing import moment
from kimwerk.consent.web.wording import categories_text
from kimwerk.ui.components import Cell, Column, Row, Table


@require_GET
@needs(Permission.DISCLOSURE_REVIEW)
def by_law(request: ActorRequest) -> HttpResponse:
    """Who told whom what sort of data, and which law was named. No name and no content."""
    month = _month(request.GET.get("monat", ""))
    rows: list[Disclosure | ListDisclosure] = [
        *disclosed_by_law(request.actor, month),
        *lists_disclosed_by_law(request.actor, month),
    ]
    rows.sort(key=lambda each: each.disclosed_at)
    table = Table(
        _("Disclosures on a statutory basis"),
        (Column(_("Day")), Column(_("Told to")), Column(_("Which data")), Column(_("Law")), Column(_("Reason")),
         Column(_("By"))),
        tuple(
            Row(
                (
                    Cell(moment(each), note=_reference(each)),
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
    following = (month + timedelta(days=32)).replace(day=1)
    page = ByLawPage(
        title=date_format(month, "F Y"),
        table=table,
        previous_url=_address((month - timedelta(days=1)).replace(day=1)),
        next_url=_address(following) if following <= timezone.localdate() else "",
        count=len(rows),
    )
    return render(request, "consent/by_law.html", {"page": page})


def _reference(each: Disclosure | ListDisclosure) -> str:
    if isinstance(each, Disclosure):
        return str(each.pk)
    rows = ngettext("list %(number)s, %(count)s row", "list %(number)s, %(count)s rows", each.row_count)
    return rows % {"number": each.pk, "count": each.row_count}


def _month(asked: str) -> date:
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)


def _address(month: date) -> str:
    return f"{reverse('consent:by_law')}?monat={month:%Y-%m}"
