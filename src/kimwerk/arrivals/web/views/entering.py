"""Registering a family and correcting a row, with doubles shown while one types."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.matching import compared
from kimwerk.arrivals.models import Occasion
from kimwerk.arrivals.policies import may_correct
from kimwerk.arrivals.selectors.contracts import collected_columns
from kimwerk.arrivals.selectors.lists import member_facts, shared_facts
from kimwerk.arrivals.services import (
    FamilyRefused,
    RegistrationChangedMeanwhile,
    correct_registration,
)
from kimwerk.arrivals.services.registering import MOST_MEMBERS
from kimwerk.arrivals.types import RegistrationField as F
from kimwerk.arrivals.web.entry import CONFIRMED, MORE, FamilyEntry
from kimwerk.arrivals.web.forms import MemberForm, SharedForm
from kimwerk.arrivals.web.pages import DoubleLine, DoublesPart, FamilyPage, FormPage, MemberPart
from kimwerk.arrivals.web.views.capturing import answered, comes_from_device
from kimwerk.arrivals.web.within import device_part, doubles_of, places_of, seen_occasion, seen_row, to_row, to_rows
from kimwerk.arrivals.web.wording import left_out_text
from kimwerk.ui.notices import notify

KEEP, CHECK = Permission.REGISTRATION_KEEP, Permission.REGISTRATION_CHECK
REGISTERED, REMEMBERED = "arrivals.registered", 20
BLANK = "__n__"
"""Stands for the number of a member in the form from which the browser makes further ones."""


@require_http_methods(["GET", "POST"])
@needs(KEEP)
def family(request: ActorRequest, pk: int) -> HttpResponse:
    """Register a family: one address, one entry a member."""
    occasion = seen_occasion(request, pk)
    if comes_from_device(request):
        return answered(request, occasion)
    entry = FamilyEntry(request, occasion)
    doubts: dict[int, DoublesPart] = {}
    if request.method == "POST" and MORE in request.POST:
        entry.add_member()
        return _shown(request, occasion, entry, doubts)
    if request.method == "POST" and entry.is_valid():
        facts = entry.facts()
        doubts = {} if CONFIRMED in request.POST else entry.doubts(request, occasion.organisation_id, facts)
        if not doubts and (count := entry.register(request, occasion, facts)):
            _remember(request, entry.key)
            said = ngettext("%(count)s person is registered.", "%(count)s persons are registered.", count)
            notify(request, said % {"count": count}, saved_draft=_draft(occasion))
            return redirect("arrivals:rows", pk)
    return _shown(request, occasion, entry, doubts)


@require_POST
@needs(KEEP)
def doubles(request: ActorRequest, pk: int) -> HttpResponse:
    """Who a member might be already, while somebody types: a POST, so that no name stands in an address."""
    occasion = seen_occasion(request, pk)
    number = request.POST.get("number", "")
    if not (number.isascii() and number.isdecimal() and int(number) <= MOST_MEMBERS):
        raise Http404
    collected = collected_columns(occasion.organisation_id)
    form = MemberForm(request.POST, collected=collected, prefix=f"m{int(number)}", nationality=occasion.nationality)
    place = request.POST.get("municipality", "")
    lines: tuple[DoubleLine, ...] = ()
    if form.is_valid() and form.cleaned_data.get("family_name") and form.cleaned_data.get("given_names"):
        home = int(place) if place.isascii() and place.isdecimal() else 0
        lines = doubles_of(request.actor, compared(form.facts(), home))
    part = DoublesPart(f"doubles-{int(number)}", lines)
    return render(request, "arrivals/_doubles.html", {"part": part})


@require_http_methods(["GET", "POST"])
@needs(KEEP, CHECK)
def correct(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a row; what it said before stays beside it."""
    row = seen_row(request, pk)
    if not may_correct(request.actor, row) or row.merged_into_id is not None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    collected = collected_columns(row.organisation_id)
    places = places_of(request, row.occasion, KEEP, CHECK)
    shared = SharedForm(data, places=places, collected=collected, facts=shared_facts(row))
    member = MemberForm(data, collected=collected, facts=member_facts(row))
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdecimal() else row.version
    if data and all([shared.is_valid(), member.is_valid()]):
        try:
            correct_registration(
                actor=request.actor, registration=row, version=version, member=member.facts(), shared=shared.facts()
            )
        except FamilyRefused as refused:
            shared.refuse(refused.shared)
            member.refuse(refused.members.get(0, {}))
        except RegistrationChangedMeanwhile:
            clash = _("Somebody else has corrected this in the meantime. Open the row in a second window and compare.")
            member.add_error(None, clash)
        else:
            notify(request, _("The row is corrected. What it said before is kept."))
            return redirect("arrivals:row", pk)
    title, url = _("Correct the row"), reverse("arrivals:row", args=[pk])
    lead = left_out_text(collected)
    page = FormPage(title, to_row(row), (member, shared), _("Save"), url, lead=lead, version=version)
    is_wrong = bool(shared.errors or member.errors)
    return render(request, "arrivals/form.html", {"page": page}, status=422 if is_wrong else 200)


def _shown(
    request: ActorRequest, occasion: Occasion, entry: FamilyEntry, doubts: dict[int, DoublesPart]
) -> HttpResponse:
    page = FamilyPage(
        title=_("Register a family"),
        crumbs=to_rows(occasion),
        key=str(entry.key),
        registered=" ".join(request.session.get(REGISTERED, ())),
        shared=entry.shared,
        blank=MemberPart(BLANK, entry.blank_member(BLANK), DoublesPart(f"doubles-{BLANK}")),
        members=tuple(
            MemberPart(str(number), form, doubts.get(number, DoublesPart(f"doubles-{number}")))
            for number, form in enumerate(entry.forms, start=1)
        ),
        is_doubtful=bool(doubts),
        doubles_url=reverse("arrivals:doubles", args=[occasion.pk]),
        cancel_url=reverse("arrivals:rows", args=[occasion.pk]),
        draft=_draft(occasion),
        left_out=left_out_text(entry.collected),
        is_sent=request.method == "POST",
        device=device_part(occasion),
        is_closed=F.FAMILY_NAME not in entry.collected,
    )
    is_wrong = MORE not in request.POST and any(form.is_bound and form.errors for form in (entry.shared, *entry.used))
    return render(request, "arrivals/family.html", {"page": page}, status=422 if is_wrong else 200)


def _remember(request: ActorRequest, key: UUID) -> None:
    """So that the device drops the draft of a family that stands on the list, also if it never saw the answer."""
    request.session[REGISTERED] = [*request.session.get(REGISTERED, ()), str(key)][-REMEMBERED:]


def _draft(occasion: Occasion) -> str:
    return f"arrivals-family-{occasion.pk}"
