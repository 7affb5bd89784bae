"""What pages of higher rooms take from the diary: the quick entry and what was entered last."""

from __future__ import annotations

from typing import TypeGuard

from django.http import HttpRequest
from django.template import Library
from django.template.context import RequestContext

from kimwerk.access.doors import ActorRequest
from kimwerk.activities.web.pages import QuickEntry, RecentEntries
from kimwerk.activities.web.recent import recent_entries
from kimwerk.activities.web.views.quick import quick_entry

register = Library()


@register.inclusion_tag("activities/_quick_entry.html", takes_context=True)
def diary_quick_entry(context: RequestContext) -> dict[str, QuickEntry]:
    """The quick entry for whoever looks at the page."""
    return {"quick": quick_entry(_request(context))}


@register.inclusion_tag("activities/_recent.html", takes_context=True)
def diary_recent(context: RequestContext) -> dict[str, RecentEntries]:
    """The reader's own entries of today and of the last day before."""
    return {"recent": recent_entries(_request(context).actor)}


def _request(context: RequestContext) -> ActorRequest:
    request = context.request
    if not _has_actor(request):
        raise TypeError("the diary's tags need a request with an actor")
    return request


def _has_actor(request: HttpRequest | None) -> TypeGuard[ActorRequest]:
    """The middleware sets the actor before any page is made."""
    return hasattr(request, "actor")
