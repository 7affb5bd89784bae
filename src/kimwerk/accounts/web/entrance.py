"""Doors that stand open before anybody is signed in."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from kimwerk.access.doors import for_signed_in, open_to_everyone
from kimwerk.accounts.models import Account
from kimwerk.accounts.selectors import account_of_sign_in_link, open_invitation, roles_of
from kimwerk.accounts.services import accept_invitation, use_sign_in_link
from kimwerk.accounts.web.pages import DemoSignInPage, InvitationPage, role_line
from kimwerk.accounts.web.sign_in_forms import AcceptInvitation


@open_to_everyone
def no_role(request: HttpRequest) -> HttpResponse:
    """Says why somebody with a right password still cannot come in."""
    return render(request, "accounts/no_role.html", status=403)


@open_to_everyone
def no_access(request: HttpRequest) -> HttpResponse:
    """Says how one gets an account, and what to do about a forgotten password."""
    return render(request, "accounts/no_access.html")


@open_to_everyone
def closed(_: HttpRequest, /, **__: object) -> HttpResponse:
    """A door of the sign-in library that we do not have: sign-up, change of address, sign-in by mail."""
    raise Http404


@for_signed_in
def no_password(_: HttpRequest) -> HttpResponse:
    """An account without a password gets one by invitation only."""
    return redirect("accounts:me")


@open_to_everyone
@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password with an invitation; then on to signing in, where the second factor waits."""
    invitation = open_invitation(token)
    if invitation is None:
        return render(request, "accounts/accept_invitation.html", {"page": InvitationPage(None)}, status=410)
    form = AcceptInvitation(request.POST or None, account=invitation.account)
    if form.is_valid():
        account = accept_invitation(token=token, password=form.cleaned_data["password"])
        if account is not None:
            return _sign_in(request, account, method="password")
    return render(request, "accounts/accept_invitation.html", {"page": InvitationPage(form)})


@open_to_everyone
@never_cache
def demo_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Signs in to a role of the demo with a one-time link; a button, so that previews do not use it up."""
    if not settings.DEMO:
        raise Http404
    account = account_of_sign_in_link(token)
    if account is not None and request.method == "POST" and use_sign_in_link(token=token) is not None:
        return _sign_in(request, account, method="demo")
    page = DemoSignInPage(account, tuple(role_line(held) for held in roles_of(account)) if account else ())
    return render(request, "accounts/demo_sign_in.html", {"page": page}, status=200 if account else 410)


def _sign_in(request: HttpRequest, account: Account, *, method: str) -> HttpResponse:
    """Through the library's own steps, so that roles are asked for and a second factor is not passed by.

    Whoever has none yet sets one up next, and is not asked again for the password just chosen.
    """
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, account, method=method, reauthenticated=not is_mfa_enabled(account) or None)
    response: HttpResponse = perform_login(request, Login(user=account))
    return response
