"""Reading cases at a measured pace: whoever opens far more than usual waits between two of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kimwerk.access.doors import ActorRequest
from kimwerk.persons.selectors.reading import seconds_to_wait
from kimwerk.persons.web.pages import WaitPage

TOO_MANY_REQUESTS = 429
CaseView = Callable[[ActorRequest, int], HttpResponse]


def paced(view: CaseView) -> CaseView:
    """A page of a case that shows its content, after the wait where there is one. Stands below the declared right."""

    @wraps(view)
    def after_the_wait(request: ActorRequest, pk: int) -> HttpResponse:
        seconds = seconds_to_wait(request.actor)
        if not seconds:
            return view(request, pk)
        page = WaitPage(seconds, reverse("casework:case", args=[pk]))
        answer = render(request, "persons/wait.html", {"page": page}, status=TOO_MANY_REQUESTS)
        answer.headers["Retry-After"] = str(seconds)
        return answer

    return after_the_wait
