"""The one way in: who acts, whether they may enter, and the transaction in which their walls stand."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from kimwerk.access.actors import NOBODY, Actor
from kimwerk.access.doors import Everyone, door_of
from kimwerk.accounts.models import Account
from kimwerk.accounts.selectors import actor_of

SECOND_FACTOR_DOORS = ("mfa_", "account_logout", "account_reauthenticate", "account_login")
"""Beginnings of the names of doors that stay open until the second factor is set up."""

FAILED = "kimwerk.failed"
"""Marks a request whose transaction is to be rolled back at its end, after the error page is rendered."""


class ActorMiddleware:
    """Names the actor for the request and for the database, and closes every undeclared door.

    The whole request, rendering included, is one transaction: ATOMIC_REQUESTS would leave lazily
    rendered pages outside of it. An exception anywhere below rolls it back, though Django has
    turned it into a response by then. What is streamed sets its own actor. A page that is only read does
    not wait for the disk at its end, unless something was changed after all (ADR 3).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            actor = self._actor(request)
            request.actor = actor  # type: ignore[attr-defined]  # see access.doors.ActorRequest
            only_reads = request.method in {"GET", "HEAD"} and not actor.is_nobody
            with connection.cursor() as cursor:
                cursor.execute(
                    "select set_config('kimwerk.actor', %s, true), set_config('kimwerk.request', %s, true),"
                    " set_config('synchronous_commit', %s, true)",
                    [str(actor.account_id or ""), uuid.uuid4().hex[:16], "off" if only_reads else "on"],
                )
            response = self.get_response(request)
            if FAILED in request.META:
                transaction.set_rollback(True)
            return response

    def _actor(self, request: HttpRequest) -> Actor:
        user = request.user
        if not isinstance(user, Account):
            return NOBODY
        actor = actor_of(user)
        if not actor.grants:
            return NOBODY
        if user.last_seen_on != timezone.localdate():
            Account.objects.filter(pk=user.pk).update(last_seen_on=timezone.localdate())
        return actor

    def process_view(
        self, request: HttpRequest, view: object, _args: tuple[object, ...], _kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Turn away whoever may not enter: to the sign-in page, or to the second factor."""
        door = door_of(view)
        if door is None:
            raise Http404
        if isinstance(door, Everyone):
            return None
        actor: Actor = request.actor  # type: ignore[attr-defined]  # set above
        if actor.is_nobody and request.user.is_authenticated:
            return _without_role(request)
        if actor.is_nobody:
            return _to_sign_in(request)
        if settings.MFA_REQUIRED and not self._may_skip_second_factor(request):
            return redirect("mfa_index")
        return None

    def _may_skip_second_factor(self, request: HttpRequest) -> bool:
        name = request.resolver_match.url_name if request.resolver_match else ""
        return (name or "").startswith(SECOND_FACTOR_DOORS) or (
            isinstance(request.user, Account) and is_mfa_enabled(request.user)
        )

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Nothing is half-saved. The sign-in library's way of answering by an exception is no failure."""
        if not isinstance(exception, (ImmediateHttpResponse, ReauthenticationRequired)):
            request.META[FAILED] = True


def _without_role(request: HttpRequest) -> HttpResponse:
    """The last role has ended while somebody was signed in: the session ends, and a page says why."""
    logout(request)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Trigger": "session-lost"})
    return redirect("accounts:no_role")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; a fragment's page is told to go there as a whole, keeping what was typed."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Trigger": "session-lost"})
    if request.method not in {"GET", "HEAD"}:
        return redirect(reverse("account_login"))
    target = urlencode({"next": request.get_full_path()})
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{target}")
