"""Reading files at a measured pace: whoever opens far more than usual waits between two of them.

Every way to a page about a person passes `keep_pace`, in whichever room the page stands.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kimwerk.access.doors import ActorRequest
from kimwerk.persons.selectors.reading import seconds_to_wait
from kimwerk.persons.web.pages import WaitPage

TOO_MANY_REQUESTS = 429


class MustWait(Exception):
    """The next file opens only after this many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"{seconds} s")
        self.seconds = seconds


def keep_pace(request: ActorRequest) -> None:
    """Raise MustWait before a page about a person is read too soon. What was filled in is never held up."""
    if request.method in {"GET", "HEAD"} and (seconds := seconds_to_wait(request.actor)):
        raise MustWait(seconds)


class PaceMiddleware:
    """Answers MustWait with a page that says why, and leads back to where one was going."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page, or nothing where it is about something else."""
        if not isinstance(exception, MustWait):
            return None
        page = WaitPage(exception.seconds, request.get_full_path())
        answer = render(request, "persons/wait.html", {"page": page}, status=TOO_MANY_REQUESTS)
        answer.headers["Retry-After"] = str(exception.seconds)
        return answer
