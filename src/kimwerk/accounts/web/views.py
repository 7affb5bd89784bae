"""Pages around signing in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kimwerk.access.doors import open_to_everyone
from kimwerk.accounts.services import use_sign_in_link

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@open_to_everyone
def no_role(request: HttpRequest) -> HttpResponse:
    """Says why somebody with a right password still cannot come in."""
    return render(request, "accounts/no_role.html", status=403)


@open_to_everyone
def demo_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Signs in to a role of the demo with a one-time link; a button, so that previews do not use it up."""
    if not settings.DEMO:
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/demo_sign_in.html")
    account = use_sign_in_link(token=token)
    if account is None:
        return render(request, "accounts/demo_sign_in.html", {"is_used": True}, status=410)
    login(request, account, backend=BACKEND)
    return redirect("desk:today")
