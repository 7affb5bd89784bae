"""Referrals from the side of who sends them: the list, a new one, one with all that can be done."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.casework.models.case import Case
from kimwerk.casework.models.referral import Referral
from kimwerk.casework.referral_states import ForbiddenMove
from kimwerk.casework.selectors.referrals import SentReferral, sent_referral, sent_referrals
from kimwerk.casework.services.answers import release_content
from kimwerk.casework.services.links import LIFETIME, mail_link, make_link
from kimwerk.casework.services.referral_refusals import NothingToRelease, ReferralMoved, ReferralRefused
from kimwerk.casework.services.referrals import (
    finish_referral,
    give_up_referral,
    note_arrival,
    recall_referral,
    send_referral,
)
from kimwerk.casework.web.filing import opened
from kimwerk.casework.web.referrals.forms import ArrivalForm, LinkForm, ReferralForm, ResultForm, told_at_fields
from kimwerk.casework.web.referrals.pages import AskPage, ErrandPage, LinkMadePage
from kimwerk.casework.web.referrals.sent_pages import referral_crumbs, sent_list_page, sent_page
from kimwerk.casework.web.referrals.slip import slip_pdf
from kimwerk.casework.web.referrals.wording import PROBLEMS
from kimwerk.kernel.figures import Text
from kimwerk.persons.web.sent import sent_number
from kimwerk.ui.components import Confirmation, Tone
from kimwerk.ui.listing import paged
from kimwerk.ui.notices import notify

Mover = Callable[[Actor, Referral, int], object]


@require_GET
@needs(Permission.CASE_WORK)
def referrals(request: ActorRequest) -> HttpResponse:
    """The referrals of one's cases; those that are open first of all."""
    is_open = request.GET.get("which") != "all"
    listed = paged(sent_referrals(request.actor, is_open=is_open), request.GET)
    page = sent_list_page(listed.items, is_open=is_open, pagination=listed.pagination)
    return render(request, "casework/listed.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def new(request: ActorRequest, pk: int) -> HttpResponse:
    """Refer somebody: ask an organisation."""
    case = get_object_or_404(Case.objects.own_of(request.actor).not_closed(), pk=pk)
    form = ReferralForm(request.POST if request.method == "POST" else None)
    draft = f"referral-{pk}"
    if request.method == "POST" and form.is_valid():
        try:
            sent = send_referral(actor=request.actor, case=case, facts=form.facts)
        except ReferralRefused as refused:
            told_at_fields(form, refused.problems, PROBLEMS)
        else:
            notify(
                request,
                _("The referral is sent. Until it is accepted, the organisation reads the request only."),
                saved_draft=draft,
            )
            return redirect("casework:referral", pk=sent.pk)
    page = ErrandPage(
        title=_("Refer"),
        lead=_("Case %(number)s. The organisation is asked first and told on acceptance.") % {"number": case.number},
        crumbs=referral_crumbs(),
        form=form,
        label=_("Send the referral"),
        cancel_url=reverse("casework:referrals"),
        draft=draft,
    )
    return render(request, "casework/errand.html", {"page": page}, status=422 if form.errors else 200)


@require_GET
@never_cache
@needs(Permission.CASE_WORK)
def referral(request: ActorRequest, pk: int) -> HttpResponse:
    """One referral of one's cases."""
    return render(request, "casework/referral_sent.html", {"page": sent_page(_sent(request, pk))})


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def recall(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a referral back, after asking."""
    ask = Confirmation(
        question=_("Take this referral back?"),
        label=_("Take back"),
        cancel_url=reverse("casework:referral", args=[pk]),
        consequences=(
            _("The organisation sees that it is over, and nothing of what was asked."),
            _("What was disclosed and not read yet is taken back. A link stops working."),
        ),
        is_dangerous=True,
    )
    return _move(request, pk, ask, lambda actor, found, at: recall_referral(actor=actor, referral=found, version=at))


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def give_up(request: ActorRequest, pk: int) -> HttpResponse:
    """Stop waiting for an answer, after asking."""
    ask = Confirmation(
        question=_("Stop waiting for an answer?"),
        label=_("Stop waiting"),
        cancel_url=reverse("casework:referral", args=[pk]),
        consequences=(_("The need that nobody met is noted, without a name."), _("A link stops working.")),
    )
    return _move(request, pk, ask, lambda actor, found, at: give_up_referral(actor=actor, referral=found, version=at))


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def arrival(request: ActorRequest, pk: int) -> HttpResponse:
    """Note that the person was there."""
    form = ArrivalForm(request.POST if request.method == "POST" else None)

    def move(actor: Actor, found: Referral, version: int) -> object:
        return note_arrival(actor=actor, referral=found, version=version, on=form.cleaned_data["on"])

    return _ask(request, pk, _("Note the arrival"), form, move)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def result(request: ActorRequest, pk: int) -> HttpResponse:
    """Close the loop."""
    form = ResultForm(request.POST if request.method == "POST" else None)

    def move(actor: Actor, found: Referral, version: int) -> object:
        return finish_referral(actor=actor, referral=found, version=version, outcome=form.told)

    return _ask(request, pk, _("Note the result"), form, move)


@require_POST
@needs(Permission.CASE_WORK)
def release(request: ActorRequest, pk: int) -> HttpResponse:
    """Tell now what could not be told at the acceptance."""
    _sent(request, pk)
    try:
        release_content(actor=request.actor, referral=Referral.objects.get(pk=pk))
    except NothingToRelease:
        notify(request, _("Nothing was told: no consent in force covers it."), tone=Tone.WARNING)
    else:
        notify(request, _("The organisation has been told."))
    return redirect("casework:referral", pk=pk)


@require_POST
@never_cache
@needs(Permission.CASE_WORK)
def link(request: ActorRequest, pk: int) -> HttpResponse:
    """Make a one-time link, and mail it where that is wanted. Its secrets are shown here and never again."""
    found, form = _sent(request, pk), LinkForm(request.POST)
    if not form.is_valid():
        page = sent_page(found, form)
        return render(request, "casework/referral_sent.html", {"page": page}, status=422)
    current = Referral.objects.select_related("organisation").get(pk=pk)
    try:
        secrets = make_link(actor=request.actor, referral=current)
    except PermissionDenied:
        raise Http404 from None
    address = request.build_absolute_uri(reverse("casework:link", args=[secrets.token]))
    mail_to = form.cleaned_data["email"] if form.is_to_be_mailed else ""
    is_mailed = bool(mail_to) and mail_link(actor=request.actor, referral=current, address=mail_to, link=address)
    made = LinkMadePage(
        title=_("One-time link for %(organisation)s") % {"organisation": found.row.referral.recipient},
        crumbs=referral_crumbs(),
        address=address,
        pin=f"{secrets.pin[:3]} {secrets.pin[3:]}",
        until=_("The link works for %(days)s days and opens in one browser only.") % {"days": LIFETIME.days},
        back_url=reverse("casework:referral", args=[pk]),
        mailed_to=mail_to if is_mailed else "",
        warning=_("The mail could not be sent. Copy the link, or print this page.")
        if mail_to and not is_mailed
        else "",
    )
    return render(request, "casework/link_made.html", {"page": made})


@require_GET
@never_cache
@needs(Permission.CASE_WORK)
def slip(request: ActorRequest, pk: int) -> HttpResponse:
    """The slip of paper that the person takes along."""
    answer = HttpResponse(slip_pdf(request.actor, _sent(request, pk)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="verweis-{pk}.pdf"'
    return answer


def _sent(request: ActorRequest, pk: int) -> SentReferral:
    found = sent_referral(request.actor, pk)
    if found is None:
        raise Http404
    opened(request, found.person_id)
    return found


def _moved(request: ActorRequest, found: SentReferral, mover: Mover) -> HttpResponse:
    """Do it, unless somebody was faster: then the page shows how it stands now."""
    pk = found.row.referral.id
    try:
        mover(request.actor, Referral.objects.get(pk=pk), sent_number(request, "version", found.row.referral.version))
    except (ReferralMoved, ForbiddenMove):
        notify(request, _("The referral has moved on meanwhile. This is how it stands now."), tone=Tone.WARNING)
    except PermissionDenied:
        raise Http404 from None
    else:
        notify(request, _("Noted."))
    return redirect("casework:referral", pk=pk)


def _move(request: ActorRequest, pk: int, confirmation: Confirmation, mover: Mover) -> HttpResponse:
    found = _sent(request, pk)
    if request.method == "POST":
        return _moved(request, found, mover)
    page = AskPage(confirmation.label, referral_crumbs(), confirmation)
    return render(request, "casework/ask.html", {"page": page})


def _ask(request: ActorRequest, pk: int, title: Text, form: ArrivalForm | ResultForm, mover: Mover) -> HttpResponse:
    found = _sent(request, pk)
    if request.method == "POST" and form.is_valid():
        return _moved(request, found, mover)
    page = ErrandPage(
        title=title,
        lead=found.row.referral.recipient,
        crumbs=referral_crumbs(),
        form=form,
        label=_("Save"),
        cancel_url=reverse("casework:referral", args=[pk]),
    )
    return render(request, "casework/errand.html", {"page": page}, status=422 if form.errors else 200)
