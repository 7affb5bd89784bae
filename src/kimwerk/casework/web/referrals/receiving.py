"""Referrals from the side of who is asked: the queue, one of them, the answer, the result."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.casework.models.referral import Referral
from kimwerk.casework.referral_states import ForbiddenMove, ReferralState
from kimwerk.casework.selectors.referrals import ReceivedReferral, received_referral, received_referrals
from kimwerk.casework.services.answers import answer_referral, report_arrival, report_result
from kimwerk.casework.services.referral_refusals import ReferralMoved
from kimwerk.casework.web.referrals.forms import AnswerForm, ResultForm
from kimwerk.casework.web.referrals.received_pages import Around, Content, received_list_page, received_page
from kimwerk.consent.services import read_disclosure
from kimwerk.persons.web.sent import sent_number
from kimwerk.ui.components import Tone
from kimwerk.ui.listing import paged
from kimwerk.ui.notices import notify

RESULT = "result"
"""The prefix of the second form of the page, so that the two never mix."""


@require_GET
@needs(Permission.REFERRAL_ANSWER)
def incoming(request: ActorRequest) -> HttpResponse:
    """The queue of referrals to one's organisation."""
    is_open = request.GET.get("which") != "all"
    listed = paged(received_referrals(request.actor, is_open=is_open), request.GET)
    page = received_list_page(listed.items, is_open=is_open, pagination=listed.pagination)
    return render(request, "casework/listed.html", {"page": page})


@require_GET
@never_cache
@needs(Permission.REFERRAL_ANSWER)
def received(request: ActorRequest, pk: int) -> HttpResponse:
    """One referral that came in. That it was opened is noted once: what was asked counts as read then."""
    found = _received(request, pk)
    if found.unread:
        read_disclosure(actor=request.actor, disclosure=found.unread)
    return _show(request, found, AnswerForm(), ResultForm(prefix=RESULT))


@require_POST
@never_cache
@needs(Permission.REFERRAL_ANSWER)
def content(request: ActorRequest, pk: int) -> HttpResponse:
    """What was disclosed on acceptance. A button, because reading it is recorded and counts as read."""
    found = _received(request, pk)
    if found.disclosure is None:
        return redirect("casework:received", pk=pk)
    told = read_disclosure(actor=request.actor, disclosure=found.disclosure)
    return _show(request, found, AnswerForm(), ResultForm(prefix=RESULT), told)


@require_POST
@needs(Permission.REFERRAL_ANSWER)
def answer(request: ActorRequest, pk: int) -> HttpResponse:
    """Accept or decline."""
    found = _received(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, ResultForm(prefix=RESULT))

    def give(referral: Referral, version: int) -> Referral:
        return answer_referral(actor=request.actor, referral=referral, version=version, answer=form.given)

    return _do(request, pk, give)


@require_POST
@needs(Permission.REFERRAL_ANSWER)
def arrived(request: ActorRequest, pk: int) -> HttpResponse:
    """The person was there today."""
    _received(request, pk)

    def tell(referral: Referral, version: int) -> Referral:
        return report_arrival(actor=request.actor, referral=referral, version=version, on=timezone.localdate())

    return _do(request, pk, tell)


@require_POST
@needs(Permission.REFERRAL_ANSWER)
def result(request: ActorRequest, pk: int) -> HttpResponse:
    """Close the loop."""
    found = _received(request, pk)
    form = ResultForm(request.POST, prefix=RESULT)
    if not form.is_valid():
        return _show(request, found, AnswerForm(), form)

    def tell(referral: Referral, version: int) -> Referral:
        return report_result(actor=request.actor, referral=referral, version=version, outcome=form.told)

    return _do(request, pk, tell)


def _received(request: ActorRequest, pk: int) -> ReceivedReferral:
    found = received_referral(request.actor, pk)
    if found is None:
        raise Http404
    return found


def _show(
    request: ActorRequest,
    found: ReceivedReferral,
    answer: AnswerForm,
    result: ResultForm,
    content: Content | None = None,
) -> HttpResponse:
    pk = found.row.id
    around = Around(
        answer_url=reverse("casework:received_answer", args=[pk]),
        arrival_url=reverse("casework:received_arrived", args=[pk]),
        result_url=reverse("casework:received_result", args=[pk]),
        content_url=reverse("casework:received_content", args=[pk]),
    )
    page = received_page(found, answer, result, around, content)
    is_refused = bool(answer.errors or result.errors)
    return render(request, "casework/referral_received.html", {"page": page}, status=422 if is_refused else 200)


def _do(request: ActorRequest, pk: int, errand: Callable[[Referral, int], Referral]) -> HttpResponse:
    try:
        moved = errand(Referral.objects.get(pk=pk), sent_number(request, "version", 0))
    except (ReferralMoved, ForbiddenMove):
        notify(request, _("The referral has moved on meanwhile. This is how it stands now."), tone=Tone.WARNING)
    except PermissionDenied:
        raise Http404 from None
    else:
        if moved.stage is ReferralState.STOPPED:
            notify(request, _("The consent has ended meanwhile. Nothing was disclosed."), tone=Tone.WARNING)
        else:
            notify(request, _("Noted. The sender sees it."))
    return redirect("casework:received", pk=pk)
