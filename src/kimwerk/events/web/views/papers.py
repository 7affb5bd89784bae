"""Filling a template of the library for everybody on the list of an event."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.documents.services.filling import known_to
from kimwerk.documents.types import Placeholder
from kimwerk.documents.web.filling_from import Source, fill_from
from kimwerk.events.selectors.events import participants_of
from kimwerk.events.web.within import kept_event, to_event
from kimwerk.kernel import german


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_MANAGE)
def fill_template(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose a template in force, and get one copy for each participant; a single one where nobody is on the list."""
    event = kept_event(request, pk)
    town = event.municipality.name if event.municipality else ""
    known = known_to(request.actor, event.organisation.name, town) | {
        Placeholder.EVENT: event.title,
        Placeholder.DAY_OF_EVENT: german.day(event.day),
        Placeholder.PLACE_OF_EVENT: event.place,
        Placeholder.MUNICIPALITY: town,
    }
    guests = participants_of(event)
    copies = [known | {Placeholder.NAME: each.name, Placeholder.ORGANISATION: each.body} for each in guests]
    source = Source(
        subject=event,
        about=event.title,
        crumbs=to_event(event),
        copies=tuple(copies or [known]),
        notice=_("One copy for everybody on the list. Nothing of the papers is kept here."),
    )
    return fill_from(request, source)
