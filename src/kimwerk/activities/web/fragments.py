"""Whether htmx asks for a part of a page."""

from __future__ import annotations

from django.http import HttpRequest


def is_fragment(request: HttpRequest) -> bool:
    """Whether a script asks for a part, rather than the browser for a page."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def fragment_target(request: HttpRequest) -> str:
    """The id of the element that the answer replaces; empty where it is a page."""
    return request.headers.get("HX-Target", "")
