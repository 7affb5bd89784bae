"""Pages that ask once more before an account is closed, reopened, invited again and the like."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.accounts.models import Account
from kimwerk.accounts.policies import may_manage
from kimwerk.accounts.selectors import deciding_memberships
from kimwerk.accounts.services import (
    close_account,
    invite_again,
    reopen_account,
    reset_second_factor,
    revoke_sessions,
    withdraw_invitation,
)
from kimwerk.accounts.types import ClosingReason
from kimwerk.accounts.web.accounts import invited_answer
from kimwerk.accounts.web.forms import CloseForm
from kimwerk.accounts.web.pages import ConfirmPage
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Confirmation
from kimwerk.ui.notices import notify


def _managed(request: ActorRequest, pk: int) -> Account:
    """The account, if the actor manages it; else it does not exist for them."""
    account = get_object_or_404(Account.objects.visible_to(request.actor), pk=pk)
    if not may_manage(request.actor, account, deciding_memberships(account)):
        raise Http404
    return account


def _ask(
    request: ActorRequest,
    account: Account,
    *,
    title: Text,
    question: Text,
    consequences: tuple[Text, ...],
    is_dangerous: bool = False,
    form: forms.Form | None = None,
) -> HttpResponse:
    cancel_url = reverse("accounts:account", args=[account.pk])
    confirmation = Confirmation(question, title, cancel_url, consequences, is_dangerous)
    return render(request, "accounts/confirm.html", {"page": ConfirmPage(title, confirmation, form)})


def _done(request: ActorRequest, account: Account, text: Text) -> HttpResponse:
    notify(request, text)
    return redirect("accounts:account", pk=account.pk)


@needs(Permission.ACCOUNT_MANAGE)
def again(request: ActorRequest, pk: int) -> HttpResponse:
    """A new invitation."""
    account = _managed(request, pk)
    if request.method == "POST" and account.is_active:
        invited = invite_again(
            actor=request.actor,
            account=account,
            link_of=lambda token: request.build_absolute_uri(reverse("accounts:accept", args=[token])),
        )
        return invited_answer(request, invited.account, invited.token)
    return _ask(
        request,
        account,
        title=_("Send a new invitation"),
        question=_("Send %(name)s a new invitation?") % {"name": account},
        consequences=(
            _("A mail with a link for a new password goes to %(address)s.") % {"address": account.email},
            _("The old password holds until a new one is chosen. The second factor stays."),
        ),
    )


@needs(Permission.ACCOUNT_MANAGE)
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Make the open invitation useless."""
    account = _managed(request, pk)
    if request.method == "POST":
        withdraw_invitation(actor=request.actor, account=account)
        return _done(request, account, _("The invitation was withdrawn."))
    return _ask(
        request,
        account,
        title=_("Withdraw the invitation"),
        question=_("Withdraw the invitation of %(name)s?") % {"name": account},
        consequences=(_("The link in the mail no longer works. Roles stay."),),
    )


@needs(Permission.ACCOUNT_MANAGE)
def reset_factor(request: ActorRequest, pk: int) -> HttpResponse:
    """Take the second factor away from somebody who has lost it."""
    account = _managed(request, pk)
    if request.method == "POST":
        reset_second_factor(actor=request.actor, account=account)
        return _done(request, account, _("The second factor was reset."))
    return _ask(
        request,
        account,
        title=_("Reset the second factor"),
        question=_("Reset the second factor of %(name)s?") % {"name": account},
        consequences=(
            _("App, passkeys and emergency codes no longer work; the account is signed out everywhere."),
            _("At the next sign-in a new second factor must be set up. Make sure that it is really them who ask."),
        ),
        is_dangerous=True,
    )


@needs(Permission.ACCOUNT_MANAGE)
def revoke_all(request: ActorRequest, pk: int) -> HttpResponse:
    """End all sessions."""
    account = _managed(request, pk)
    if request.method == "POST":
        revoke_sessions(actor=request.actor, account=account)
        return _done(request, account, _("The account is signed out everywhere."))
    return _ask(
        request,
        account,
        title=_("Sign out everywhere"),
        question=_("Sign %(name)s out in all browsers?") % {"name": account},
        consequences=(_("What is typed but not saved stays as a draft in the browser."),),
    )


@needs(Permission.ACCOUNT_MANAGE)
def close(request: ActorRequest, pk: int) -> HttpResponse:
    """Close the account."""
    account = _managed(request, pk)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        close_account(actor=request.actor, account=account, reason=ClosingReason(form.cleaned_data["reason"]))
        return _done(request, account, _("The account is closed."))
    return _ask(
        request,
        account,
        title=_("Close the account"),
        question=_("Close the account of %(name)s?") % {"name": account},
        consequences=(
            _("The person is signed out at once and can no longer sign in."),
            _("What they entered stays with their name. You can reopen the account."),
        ),
        is_dangerous=True,
        form=form,
    )


@needs(Permission.ACCOUNT_MANAGE)
def reopen(request: ActorRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    account = _managed(request, pk)
    if request.method == "POST":
        reopen_account(actor=request.actor, account=account)
        return _done(
            request, account, _("The account is open again. Send a new invitation, so that a password is chosen.")
        )
    return _ask(
        request,
        account,
        title=_("Reopen the account"),
        question=_("Reopen the account of %(name)s?") % {"name": account},
        consequences=(_("The roles hold again as far as they have not ended. A new invitation is needed to sign in."),),
    )
