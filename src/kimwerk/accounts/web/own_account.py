"""\"Mein Konto\": one's own password, second factor, sessions and roles."""

from __future__ import annotations

import re

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kimwerk.access.doors import ActorRequest, for_signed_in
from kimwerk.accounts.models import Account
from kimwerk.accounts.selectors import live_sessions, roles_of
from kimwerk.accounts.services import revoke_own_session
from kimwerk.accounts.web.pages import MyAccountPage, SessionLine, role_line
from kimwerk.ui.components import Fact
from kimwerk.ui.notices import notify

BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@for_signed_in
def me(request: ActorRequest) -> HttpResponse:
    """Everything about one's own account on one page."""
    account = get_object_or_404(Account, pk=request.actor.account_id)
    factors = list(Authenticator.objects.filter(user=account.pk).values_list("type", flat=True))
    page = MyAccountPage(
        account=account,
        facts=(
            Fact(_("Name"), account.display_name),
            Fact(_("E-mail address"), account.email, note=_("With it you sign in.")),
            Fact(_("Short sign"), account.short_sign),
        ),
        roles=tuple(role_line(membership) for membership in roles_of(account)),
        sessions=tuple(_line(session, request) for session in live_sessions(account)),
        has_password=account.has_usable_password(),
        passkeys=factors.count(Authenticator.Type.WEBAUTHN),
        has_app=Authenticator.Type.TOTP in factors,
    )
    return render(request, "accounts/me.html", {"page": page})


@for_signed_in
@require_POST
def revoke(request: ActorRequest, pk: int) -> HttpResponse:
    """Sign oneself out of another browser."""
    session = get_object_or_404(UserSession, pk=pk, user=request.actor.account_id)
    revoke_own_session(actor=request.actor, session=session)
    notify(request, _("That browser is signed out."))
    return redirect("accounts:me")


def _line(session: UserSession, request: ActorRequest) -> SessionLine:
    return SessionLine(session, browser_name(session.user_agent), session.session_key == request.session.session_key)


def browser_name(user_agent: str) -> str:
    """ "Firefox on Windows", roughly: enough to recognise one's own."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if re.search(sign, user_agent)), "")
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("Unknown browser")
