"""Referrals for a recipient without an account: a link, a PIN, an answer. Nobody is signed in here."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kimwerk.access.doors import open_to_everyone
from kimwerk.accounts.tokens import hash_token
from kimwerk.casework.models.referral import Referral, ReferralLink
from kimwerk.casework.referral_states import ForbiddenMove, ReferralState
from kimwerk.casework.selectors.referrals import received_of
from kimwerk.casework.services.answers import answer_by_link, report_by_link
from kimwerk.casework.services.links import FoundLink, LinkState, content_under, find_link, note_read, open_link
from kimwerk.casework.web.referrals.forms import AnswerForm, PinForm, ResultForm
from kimwerk.casework.web.referrals.pages import LinkDoorPage
from kimwerk.casework.web.referrals.received_pages import Around, received_page
from kimwerk.casework.web.referrals.receiving import RESULT
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Tone
from kimwerk.ui.notices import notify

_SESSION = "kimwerk.referral_links"


@require_http_methods(["GET", "POST"])
@open_to_everyone
@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Open a link: with its PIN first, then the referral itself. Looking at the page uses nothing up."""
    found = find_link(token, _browser(request, token))
    if found.state is LinkState.OPEN and found.link:
        return _show(request, token, found.link, AnswerForm(), ResultForm(prefix=RESULT))
    form = PinForm(request.POST if request.method == "POST" else None)
    if found.state is LinkState.CLOSED and request.method == "POST" and form.is_valid():
        return _try(request, token, form)
    return _door(request, found, form)


@require_POST
@open_to_everyone
@never_cache
def link_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Accept or decline by the link."""
    form = AnswerForm(request.POST)
    return _do(
        request,
        token,
        lambda held: answer_by_link(link=held, token=token, answer=form.given) if form.is_valid() else None,
        lambda held: _show(request, token, held, form, ResultForm(prefix=RESULT)),
    )


@require_POST
@open_to_everyone
@never_cache
def link_result(request: HttpRequest, token: str) -> HttpResponse:
    """Close the loop by the link."""
    form = ResultForm(request.POST, prefix=RESULT)
    return _do(
        request,
        token,
        lambda held: report_by_link(link=held, outcome=form.told) if form.is_valid() else None,
        lambda held: _show(request, token, held, AnswerForm(), form),
    )


def _try(request: HttpRequest, token: str, form: PinForm) -> HttpResponse:
    """A PIN was given. It is tried and counted; the right one binds the link to this browser's session."""
    try:
        tried = open_link(token=token, pin=form.cleaned_data["pin"])
    except PermissionDenied:  # somebody was faster
        return redirect("casework:link", token=token)
    if tried.is_right:
        known = {**request.session.get(_SESSION, {}), hash_token(token): tried.browser}
        request.session[_SESSION] = known
        return redirect("casework:link", token=token)
    if not tried.left:
        return _door(request, FoundLink(LinkState.LOCKED), form)
    left = ngettext(
        "This is not the PIN. One attempt is left.", "This is not the PIN. %(left)s attempts are left.", tried.left
    )
    form.add_error("pin", left % {"left": tried.left})
    return _door(request, FoundLink(LinkState.CLOSED), form)


def _do(
    request: HttpRequest,
    token: str,
    errand: Callable[[ReferralLink], Referral | None],
    again: Callable[[ReferralLink], HttpResponse],
) -> HttpResponse:
    """Do it with an open link; with any other the page at the door says why not."""
    found = find_link(token, _browser(request, token))
    if found.state is not LinkState.OPEN or found.link is None:
        return redirect("casework:link", token=token)
    try:
        moved = errand(found.link)
    except ForbiddenMove:
        notify(request, _("The referral has moved on meanwhile. This is how it stands now."), tone=Tone.WARNING)
        return redirect("casework:link", token=token)
    if moved is None:
        return again(found.link)
    return redirect("casework:link", token=token) if moved.is_open else _over(request, moved.stage)


def _over(request: HttpRequest, state: ReferralState) -> HttpResponse:
    texts: dict[ReferralState, Text] = {
        ReferralState.STOPPED: _("The consent has ended meanwhile. Nothing was disclosed, and there is nothing to do."),
        ReferralState.DECLINED: _("Thank you. The sender sees your answer and looks for another way."),
        ReferralState.FINISHED: _("Thank you. The sender sees the result."),
    }
    page = LinkDoorPage(_("This referral is over"), texts.get(state, ""))
    return render(request, "casework/link_door.html", {"page": page})


def _show(request: HttpRequest, token: str, held: ReferralLink, answer: AnswerForm, result: ResultForm) -> HttpResponse:
    names = ("organisation", "recipient", "target", "municipality", "asking")  # asking is out of the holder's reach
    found = received_of(Referral.objects.select_related(*names).get(pk=held.referral_id))
    around = Around(
        answer_url=reverse("casework:link_answer", args=[token]),
        result_url=reverse("casework:link_result", args=[token]),
    )
    content = content_under(held, token)
    note_read(held, with_content=bool(content))
    page = received_page(found, answer, result, around, content)
    is_refused = bool(answer.errors or result.errors)
    return render(request, "casework/link.html", {"page": page}, status=422 if is_refused else 200)


def _door(request: HttpRequest, found: FoundLink, form: PinForm) -> HttpResponse:
    """Why the link does not open, or the field for its PIN."""
    if found.state is LinkState.CLOSED:
        sender = found.link.organisation.name if found.link else ""
        text = _("%(sender)s asks your organisation for help for somebody.") % {"sender": sender} if sender else ""
        page = LinkDoorPage(_("A referral to your organisation"), text, form)
        return render(request, "casework/link_door.html", {"page": page}, status=422 if form.errors else 200)
    return render(request, "casework/link_door.html", {"page": _closed_door(found.state)}, status=410)


def _closed_door(state: LinkState) -> LinkDoorPage:
    if state is LinkState.ELSEWHERE:
        return LinkDoorPage(
            _("This link was opened already"),
            _(
                "It opens in one browser only, and that was another one. If it was not you or a colleague, tell the"
                " sender at once. You can get a new link there."
            ),
        )
    if state is LinkState.LOCKED:
        return LinkDoorPage(
            _("This link is locked"),
            _("The PIN was wrong too often. Nothing was shown. Ask the sender for a new link."),
        )
    return LinkDoorPage(
        _("This link no longer works"),
        _(
            "It has expired, was replaced, or the referral is over. Nothing more is shown here. If you have noted"
            " something about a person because of it and do not need it any more, delete it."
        ),
    )


def _browser(request: HttpRequest, token: str) -> str:
    known: dict[str, str] = request.session.get(_SESSION, {})
    return known.get(hash_token(token), "")
