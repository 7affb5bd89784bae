"""What the coordination does with rows: accept findings, check, release, set doubles aside and bring them back."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models import Occasion, Registration
from kimwerk.arrivals.selectors.lists import member_facts, shared_facts
from kimwerk.arrivals.services import (
    AlreadyFetched,
    NotToBeMerged,
    accept_findings,
    check_rows,
    release_rows,
    take_release_back,
)
from kimwerk.arrivals.services import merge as set_aside
from kimwerk.arrivals.services import unmerge as bring_back
from kimwerk.arrivals.types import Finding, RegistrationField, RegistrationState
from kimwerk.arrivals.web.pages import ConfirmPage
from kimwerk.arrivals.web.within import checked_row, kept_occasion, to_row
from kimwerk.arrivals.web.wording import FIELDS
from kimwerk.kernel import german
from kimwerk.persons.reference import nationalities
from kimwerk.persons.types import Sex
from kimwerk.persons.wording import SEXES
from kimwerk.ui.components import Cell, Column, Confirmation, Row, Table
from kimwerk.ui.notices import notify

CHECK = Permission.REGISTRATION_CHECK


@require_POST
@needs(CHECK)
def accept(request: ActorRequest, pk: int) -> HttpResponse:
    """Say that what a rule noticed is right all the same."""
    row = checked_row(request, pk)
    finding = request.POST.get("finding", "")
    if finding not in set(Finding):
        raise Http404
    accept_findings(actor=request.actor, registration=row, findings=[Finding(finding)])
    notify(request, _("Noted that this is right."))
    return redirect("arrivals:row", pk)


@require_POST
@needs(CHECK)
def check(request: ActorRequest, pk: int) -> HttpResponse:
    """Mark one row, or all without findings, as checked."""
    occasion = kept_occasion(request, pk)
    count = check_rows(actor=request.actor, rows=_meant(request, occasion))
    said = ngettext("%(count)s row is checked.", "%(count)s rows are checked.", count)
    return _done(request, occasion, said % {"count": count})


@require_POST
@needs(CHECK)
def release(request: ActorRequest, pk: int) -> HttpResponse:
    """Release one checked row, or all of them."""
    occasion = kept_occasion(request, pk)
    count = release_rows(actor=request.actor, rows=_meant(request, occasion))
    said = ngettext("%(count)s row is released.", "%(count)s rows are released.", count)
    return _done(request, occasion, said % {"count": count})


@require_POST
@needs(CHECK)
def take_back(request: ActorRequest, pk: int) -> HttpResponse:
    """Keep a released row from the offices again, as long as none has fetched it."""
    row = checked_row(request, pk)
    if row.state != RegistrationState.RELEASED or row.merged_into_id is not None:
        raise Http404
    try:
        take_release_back(actor=request.actor, registration=row)
    except AlreadyFetched:
        notify(
            request,
            _("An office has fetched the row meanwhile. Correct it instead: the correction reaches the office."),
        )
    else:
        notify(request, _("The release is taken back. The row stays checked."))
    return redirect("arrivals:row", pk)


@require_http_methods(["GET", "POST"])
@needs(CHECK)
def merge(request: ActorRequest, pk: int, other: int) -> HttpResponse:
    """Compare two rows side by side, and set the second one aside."""
    kept, double = checked_row(request, pk), checked_row(request, other)
    if request.method == "POST":
        try:
            set_aside(actor=request.actor, kept=kept, double=double)
        except NotToBeMerged:
            raise Http404 from None
        notify(request, _("Set aside as a double."), undo_url=reverse("arrivals:unmerge", args=[other]))
        return redirect("arrivals:row", pk)
    confirmation = Confirmation(
        question=_("Is this one person? The left row stays, the right one is set aside."),
        label=_("Set the right row aside"),
        cancel_url=reverse("arrivals:row", args=[pk]),
        consequences=(
            _("The right row leaves the list, the numbers and the curve: the occasion counts one person less."),
            _("Nothing of what the rows say is changed. Correct the left row first if the right one knows better."),
            _("It can be brought back at any time, exactly as it is, also after the left row was corrected."),
        ),
    )
    page = ConfirmPage(_("Two rows, one person?"), to_row(kept), confirmation, _side_by_side(kept, double))
    return render(request, "arrivals/confirm.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(CHECK)
def unmerge(request: ActorRequest, pk: int) -> HttpResponse:
    """Bring a double back."""
    double = checked_row(request, pk)
    if double.merged_into_id is None:
        raise Http404
    if request.method == "POST":
        bring_back(actor=request.actor, double=double)
        notify(request, _("The row is back. Both are noted as two persons."))
        return redirect("arrivals:row", pk)
    confirmation = Confirmation(
        question=_("Are these two persons after all?"),
        label=_("Bring the row back"),
        cancel_url=reverse("arrivals:row", args=[pk]),
        consequences=(
            _("The row comes back exactly as it was set aside, and counts again."),
            _("The other row stays as it is now, with all corrections made since."),
        ),
    )
    page = ConfirmPage(_("Bring a row back"), to_row(double), confirmation)
    return render(request, "arrivals/confirm.html", {"page": page})


def _meant(request: ActorRequest, occasion: Occasion) -> Iterable[int]:
    found = Registration.objects.checked_by(request.actor).filter(occasion=occasion)
    sent = request.POST.get("row", "")
    if sent:
        found = found.filter(pk=int(sent) if sent.isascii() and sent.isdecimal() else 0)
    return found.values_list("pk", flat=True)


def _done(request: ActorRequest, occasion: Occasion, said: str) -> HttpResponse:
    notify(request, said)
    sent = request.POST.get("row", "")
    return redirect("arrivals:row", int(sent)) if sent.isdecimal() else redirect("arrivals:rows", occasion.pk)


def _side_by_side(kept: Registration, double: Registration) -> Table:
    columns = (Column(_("What they say")), Column(_("Stays")), Column(_("Is set aside")))
    rows = tuple(
        Row((Cell(FIELDS[field]), Cell(_told(kept, field)), Cell(_told(double, field))))
        for field in RegistrationField
        if _told(kept, field) or _told(double, field)
    )
    return Table(_("The two rows side by side"), columns, rows, is_caption_hidden=True)


def _told(row: Registration, field: RegistrationField) -> str:
    if field is RegistrationField.MUNICIPALITY:
        return row.municipality.name
    facts = shared_facts(row) if hasattr(shared_facts(row), field.value) else member_facts(row)
    value = getattr(facts, field.value)
    if field is RegistrationField.SEX:
        return str(SEXES[Sex(value)])
    if field is RegistrationField.NATIONALITY:
        return nationalities()[value].label if value in nationalities() else ""
    if isinstance(value, bool):
        return _("yes") if value else ""
    return german.day(value) if hasattr(value, "isoformat") else str(value or "")
