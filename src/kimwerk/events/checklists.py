"""The checklists with which events begin where an organisation has written none of its own."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kimwerk.events.types import EventKind
from kimwerk.kernel.figures import Text

_INVITED_AND_HELD: tuple[tuple[int, Text], ...] = (
    (-28, _("Send the invitations")),
    (-7, _("Remind those who have not answered")),
    (-3, _("Print the attendance list and name tags")),
)

USUAL: Mapping[EventKind, tuple[tuple[int, Text], ...]] = {
    EventKind.KICK_OFF: (
        (-70, _("Agree on aim, day and place with the municipality")),
        (-49, _("Gather whom to invite: administration, legal circles, welfare, volunteers")),
        *_INVITED_AND_HELD,
        (-14, _("Settle tables, questions and moderators")),
        (3, _("Enter what was named at the tables")),
        (7, _("Take results over as needs")),
        (14, _("Tell the participants what came of it")),
    ),
    EventKind.WORKSHOP: (
        (-49, _("Settle aim, course and moderation")),
        *_INVITED_AND_HELD,
        (7, _("Send the results to the participants")),
    ),
    EventKind.TRAINING: (
        (-56, _("Engage whoever trains, and settle the fee")),
        (-49, _("Book a room and equipment")),
        *_INVITED_AND_HELD,
        (3, _("Hand out certificates")),
    ),
    EventKind.INFORMATION: (
        (-35, _("Settle speakers and languages")),
        *_INVITED_AND_HELD,
        (7, _("Publish the material")),
    ),
}
"""Days from the event (before it where negative) and what is to be done by then."""
