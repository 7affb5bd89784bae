"""An upload that is being worked on: taken over, moved on, and lost to somebody who was faster."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from django.utils import timezone

from kimwerk.activities.states import TallyState
from kimwerk.activities.uploads.models import Upload

SILENT_AFTER = timedelta(seconds=45)
"""Without a sign of life for so long, the worker is taken for dead."""

_U = TypeVar("_U", bound=Upload)


class TallyNotReady(Exception):
    """The import is in another state than the errand needs, perhaps since somebody else was faster."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = TallyState(state)


class TallyForgotten(Exception):
    """The file and its cells were forgotten when their time was over; it must be uploaded again."""


class Superseded(Exception):
    """Another worker has taken over, or somebody cancelled: this one puts down its tools."""


def move(upload: Upload, state: TallyState, *also: str) -> None:
    """Put the import into a state and save that, with the other fields named."""
    upload.state, upload.moved_at = state.value, timezone.now()
    upload.save(update_fields=["state", "moved_at", *also])


def take_over(upload: _U, state: TallyState) -> _U:
    """Begin a run of work on a held import; whoever was at it before notices at their next step."""
    if upload.cleared_at:
        raise TallyForgotten
    upload.run += 1
    upload.rows_done, upload.is_cancel_asked, upload.refusal, upload.refusal_detail = 0, False, "", ""
    upload.started_at, upload.finished_at = timezone.now(), None
    fields = ("run", "rows_done", "is_cancel_asked", "refusal", "refusal_detail", "started_at", "finished_at")
    move(upload, state, *fields)
    return upload


def still_mine(upload: _U) -> _U:
    """The import as it stands now, locked, if this run is still the one at work. Raises Superseded."""
    held = type(upload)._default_manager.select_for_update(of=("self",))
    now = held.filter(pk=upload.pk, run=upload.run).first()
    if now is None or now.state != upload.state:
        raise Superseded
    return now


def is_silent(upload: Upload) -> bool:
    """Whether an import that is being worked on gives no sign of life."""
    return timezone.now() - upload.moved_at > SILENT_AFTER
