"""What happened is said once, with the way back."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from kimwerk.ui.components import Notice, Tone
from kimwerk.ui.notices import draft_saved, notices_of, notify


def a_request() -> HttpRequest:
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]  # as the middleware does
    return request


def test_a_notice_carries_its_way_back_to_the_next_page() -> None:
    request = a_request()
    notify(request, "Gespeichert.", undo_url="/zurueck/", saved_draft="entry")
    notify(request, "Ohne Dauer.", tone=Tone.WARNING)
    assert notices_of(request) == (
        Notice("Gespeichert.", Tone.SUCCESS, undo_url="/zurueck/", saved_draft="entry"),
        Notice("Ohne Dauer.", Tone.WARNING),
    )


def test_messages_of_others_are_shown_as_well() -> None:
    request = a_request()
    messages.error(request, "Falsches Kennwort.", extra_tags="from-elsewhere")
    messages.add_message(request, 33, "Eigene Stufe.")
    assert notices_of(request) == (Notice("Falsches Kennwort.", Tone.DANGER), Notice("Eigene Stufe.", Tone.INFO))


def test_an_answer_of_htmx_tells_that_a_draft_is_safe() -> None:
    response = HttpResponse()
    draft_saved(response, "entry")
    assert json.loads(response.headers["HX-Trigger"]) == {"draftSaved": {"key": "entry"}}
