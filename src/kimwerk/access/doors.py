"""How a view declares who may enter, and what a request is once its actor is known.

Every view names its right with one of these decorators; a view without one is never served
(the middleware refuses it, and a test finds it).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, Final, ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission

P = ParamSpec("P")
DECLARATION: Final = "_kimwerk_door"


class ActorRequest(HttpRequest):
    """A request whose actor is known. The middleware sets it before any view runs."""

    actor: Actor


View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]


class Everyone:
    """The door stands open, also without a sign-in."""


class SignedIn:
    """The door is open to whoever is signed in, whatever the role."""


Door = Everyone | SignedIn | tuple[Permission, ...]


def open_to_everyone(view: View[P]) -> View[P]:
    """Declare a view that needs no sign-in."""
    setattr(view, DECLARATION, Everyone())
    return view


def for_signed_in(view: View[P]) -> View[P]:
    """Declare a view for any signed-in account, such as one's own settings."""
    setattr(view, DECLARATION, SignedIn())
    return view


def needs(*permissions: Permission) -> Callable[[View[P]], View[P]]:
    """Declare the right a view needs (any one of several). Without it the page does not exist."""

    def declare(view: View[P]) -> View[P]:
        def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not any(request.actor.can(permission) for permission in permissions):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.__name__ = getattr(view, "__name__", "view")
        guarded.__doc__ = view.__doc__
        guarded.__module__ = view.__module__
        guarded.__wrapped__ = view  # type: ignore[attr-defined]  # as functools.wraps does
        setattr(guarded, DECLARATION, permissions)
        return guarded

    return declare


def door_of(view: object) -> Door | None:
    """What the view declares, or None if it declares nothing."""
    return getattr(view, DECLARATION, None)
