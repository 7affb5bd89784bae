"""Saying what happened, with the way back: "Saved. Undo"."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django_htmx.http import trigger_client_event

from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Notice, Tone

_LEVELS = {
    Tone.NEUTRAL: messages.INFO,
    Tone.INFO: messages.INFO,
    Tone.SUCCESS: messages.SUCCESS,
    Tone.WARNING: messages.WARNING,
    Tone.DANGER: messages.ERROR,
}
_TONES = {
    messages.INFO: Tone.INFO,
    messages.SUCCESS: Tone.SUCCESS,
    messages.WARNING: Tone.WARNING,
    messages.ERROR: Tone.DANGER,
}
_MARK = "kimwerk:"


def notify(
    request: HttpRequest, text: Text, *, tone: Tone = Tone.SUCCESS, undo_url: str = "", saved_draft: str = ""
) -> None:
    """Show this on the next page. `undo_url` takes a POST; `saved_draft` is the `data-keep` of a form now safe."""
    extra = _MARK + json.dumps({"undo_url": undo_url, "saved_draft": saved_draft})
    messages.add_message(request, _LEVELS[tone], str(text), extra_tags=extra)


def draft_saved(response: HttpResponseBase, key: str) -> None:
    """Tell the browser in an htmx answer that the draft `key` is safe with us and may be forgotten there."""
    trigger_client_event(response, "draftSaved", {"key": key})


def notices_of(request: HttpRequest) -> tuple[Notice, ...]:
    """What is to be shown now. Reading takes it off the list, as with every message of Django."""
    return tuple(
        _notice(str(message.message), message.level, message.extra_tags or "")
        for message in messages.get_messages(request)
    )


def _notice(text: str, level: int, extra: str) -> Notice:
    tone = _TONES.get(level, Tone.INFO)
    if not extra.startswith(_MARK):
        return Notice(text, tone)
    known = json.loads(extra.removeprefix(_MARK))
    return Notice(text, tone, undo_url=known["undo_url"], saved_draft=known["saved_draft"])
