"""Ending a case, and taking it up again."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.casework.open_parts import open_parts
from kimwerk.casework.policies import may_reopen
from kimwerk.casework.selectors.open_work import running_shares
from kimwerk.casework.services.closing import close_case, end_shares, reopen_case
from kimwerk.casework.services.drafting import discard_draft
from kimwerk.casework.services.refusals import CaseHasOpenParts, CaseRefused
from kimwerk.casework.types import OpenPart
from kimwerk.casework.web.filing import crumbs_to, file_of, keep_url, resume, writable
from kimwerk.casework.web.forms.cases import ClosingForm, ReasonForm
from kimwerk.casework.web.pages import FormPage
from kimwerk.casework.web.referrals.pages import AskPage
from kimwerk.casework.web.wording import PARTS
from kimwerk.kernel import german
from kimwerk.ui.components import Confirmation
from kimwerk.ui.notices import notify


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def close(request: ActorRequest, pk: int) -> HttpResponse:
    """End the counselling. What is still open is named first, with the way to it."""
    found, name = writable(request, pk), "close"
    form, parts = ClosingForm(request.POST or None), open_parts(request.actor, found)
    resume(request, found, name, form)
    if form.is_valid():
        try:
            close_case(actor=request.actor, case=found, facts=form.facts())
        except CaseRefused as refused:
            form.refuse(refused)
        except CaseHasOpenParts as refused:
            parts = refused.parts
            named = ", ".join(_block(part)[0] for part in parts)
            form.add_error(None, _("The case cannot be closed yet. Still open: %(parts)s.") % {"parts": named})
        else:
            discard_draft(actor=request.actor, case=found, form=name)
            notify(request, _("The case is closed. It stays readable and cannot be written to."))
            return redirect("casework:case", pk=pk)
    page = FormPage(
        title=_("Close the case"),
        form=form,
        label=_("Close case"),
        cancel_url=reverse("casework:case", args=[pk]),
        crumbs=crumbs_to(request.actor, found),
        state=found.person.display_name,
        keep_url=keep_url(found, name, request.path),
        blocks=tuple(_block(part) for part in parts),
    )
    return render(request, "casework/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def shares(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back what recipients may still read, after naming them."""
    found, back = writable(request, pk), reverse("casework:close", args=[pk])
    if request.method == "POST":
        end_shares(actor=request.actor, case=found)
        notify(request, _("Nobody can read what was passed on any more."))
        return redirect(back)
    running = running_shares(request.actor, found).select_related("recipient").order_by("recipient__sort_key", "pk")
    ask = Confirmation(
        question=_("End all running shares of this case?"),
        label=_("End the shares"),
        cancel_url=back,
        consequences=(
            *dict.fromkeys(
                _("%(organisation)s can no longer read what it was told.") % {"organisation": each.recipient.name}
                for each in running
            ),
            _("Whoever has opened it is told to delete it."),
        ),
        is_dangerous=True,
    )
    page = AskPage(_("End shares"), crumbs_to(request.actor, found), ask)
    return render(request, "casework/ask.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def reopen(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a closed case up again, with a reason."""
    found = file_of(request, pk)
    if not may_reopen(request.actor, found):
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reopen_case(actor=request.actor, case=found, reason=form.cleaned_data["reason"])
        notify(request, _("The case is open again."))
        return redirect("casework:case", pk=pk)
    page = FormPage(
        title=_("Take the case up again"),
        form=form,
        label=_("Take up again"),
        cancel_url=reverse("casework:case", args=[pk]),
        crumbs=crumbs_to(request.actor, found),
        state=found.person.display_name,
    )
    return render(request, "casework/form.html", {"page": page}, status=422 if form.errors else 200)


def _block(part: OpenPart) -> tuple[str, str]:
    return f"{PARTS[part.kind]} ({german.number(part.amount)})", part.url
