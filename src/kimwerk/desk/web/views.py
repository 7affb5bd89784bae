"""The home page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from kimwerk.access.doors import ActorRequest, for_signed_in


@for_signed_in
def today(request: ActorRequest) -> HttpResponse:
    """ "Mein Tag": what is due, and the quick entry."""
    return render(request, "desk/today.html")
