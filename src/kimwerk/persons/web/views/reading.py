"""Unusual reading of files, for the data protection officer."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.accounts.selectors import names_of
from kimwerk.persons.selectors.reading import DAYS_SHOWN, UnusualDay, unusual_days
from kimwerk.persons.services.reviewing import review_reading
from kimwerk.persons.web.pages import ReadingLine, ReadingPage
from kimwerk.persons.web.part_forms import ReviewForm
from kimwerk.ui.components import Tone
from kimwerk.ui.notices import notify


@require_GET
@needs(Permission.AUDIT_READ)
def reading(request: ActorRequest) -> HttpResponse:
    """The days on which somebody opened far more files than usual."""
    found = unusual_days(request.actor)
    names = names_of(each.review.reviewed_by_id for each in found if each.review)
    page = ReadingPage(tuple(_line(each, names, request) for each in found), DAYS_SHOWN)
    return render(request, "persons/reading.html", {"page": page})


@require_POST
@needs(Permission.AUDIT_READ)
def review(request: ActorRequest, account: int, day: str) -> HttpResponse:
    """Write down what came of looking into it."""
    form = ReviewForm(request.POST)
    if not any((each.account_id, each.day.isoformat()) == (account, day) for each in unusual_days(request.actor)):
        raise Http404
    if not form.is_valid():
        notify(request, _("Write down in a few words what came of it."), tone=Tone.WARNING)
        return redirect("persons:reading")
    try:
        note = form.cleaned_data["note"]
        review_reading(actor=request.actor, account_id=account, day=date.fromisoformat(day), note=note)
    except PermissionDenied:
        raise Http404 from None
    notify(request, _("Kept as reviewed."))
    return redirect("persons:reading")


def _line(found: UnusualDay, names: dict[int, str], request: ActorRequest) -> ReadingLine:
    is_open = found.review is None and found.account_id != request.actor.account_id
    return ReadingLine(
        account_id=found.account_id,
        name=found.name,
        day=found.day,
        opened=found.opened,
        limit=found.limit,
        note=found.review.note if found.review else "",
        reviewed_by=names.get(found.review.reviewed_by_id, "") if found.review else "",
        form=ReviewForm(auto_id=f"{found.account_id}-{found.day.isoformat()}-%s") if is_open else None,
    )
