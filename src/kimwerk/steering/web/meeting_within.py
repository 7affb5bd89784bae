"""What the views of meetings share: whose meetings, and the way to them."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest
from kimwerk.steering.models import AgendaItem, Meeting
from kimwerk.steering.types import MeetingState
from kimwerk.steering.web.within import to_committee
from kimwerk.ui.components import Badge, Crumb, Tone

TONES = {
    MeetingState.PLANNED: Tone.INFO,
    MeetingState.INVITED: Tone.WARNING,
    MeetingState.CLOSED: Tone.SUCCESS,
    MeetingState.CANCELLED: Tone.NEUTRAL,
}


def seen_meeting(request: ActorRequest, pk: int) -> Meeting:
    """A meeting that the actor reads; 404 for anybody else."""
    return get_object_or_404(Meeting.objects.visible_to(request.actor).select_related("committee__organisation"), pk=pk)


def kept_meeting(request: ActorRequest, pk: int) -> Meeting:
    """A meeting whose office the actor is; 404 for anybody else."""
    return get_object_or_404(Meeting.objects.kept_by(request.actor).select_related("committee__organisation"), pk=pk)


def kept_item(request: ActorRequest, pk: int) -> AgendaItem:
    """An item of a meeting whose office the actor is; 404 for anybody else."""
    kept = AgendaItem.objects.filter(meeting__in=Meeting.objects.kept_by(request.actor))
    return get_object_or_404(kept.select_related("meeting__committee"), pk=pk)


def to_meeting(meeting: Meeting) -> tuple[Crumb, ...]:
    """The way to a meeting, by its committee."""
    return (*to_committee(meeting.committee), Crumb(str(meeting), reverse("steering:meeting", args=[meeting.pk])))


def to_minutes(meeting: Meeting) -> tuple[Crumb, ...]:
    """The way to the minutes while they are written."""
    return (*to_meeting(meeting), Crumb(_("Minutes of the meeting"), reverse("steering:minutes", args=[meeting.pk])))


def state_badge(meeting: Meeting) -> Badge:
    """The state of a meeting."""
    return Badge(meeting.get_state_display(), TONES[MeetingState(meeting.state)])
