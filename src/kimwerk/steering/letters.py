"""The mails by which invitations and minutes go out."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext

from kimwerk.access.actors import Actor
from kimwerk.accounts.mailing import Enclosure, Letter
from kimwerk.steering.models import Delivery, Mailing, Meeting, Task
from kimwerk.steering.printing import appointment_of, invitation_mail, invitation_pdf, minutes_mail, minutes_pdf
from kimwerk.steering.types import MailingKind

Writer = Callable[[Delivery], Letter]


def letter_writer(actor: Actor, mailing: Mailing) -> Writer:
    """What writes the mail to each; the papers are set once for all."""
    if mailing.kind == MailingKind.INVITATION:
        return _invitation(mailing.meeting, mailing.host)
    return _minutes(actor, mailing.meeting)


def _invitation(meeting: Meeting, host: str) -> Writer:
    subject, text = invitation_mail(meeting)
    enclosures = (
        Enclosure(f"{gettext('invitation')}.pdf", invitation_pdf(meeting), "application/pdf"),
        Enclosure(f"{gettext('appointment')}.ics", appointment_of(meeting, host), "text/calendar"),
    )
    return lambda delivery: Letter(delivery.email, subject, text, enclosures)


def _minutes(actor: Actor, meeting: Meeting) -> Writer:
    tasks = list(Task.objects.visible_to(actor).unfinished().filter(meeting=meeting))
    paper = Enclosure(f"{gettext('Minutes of the meeting')}.pdf", minutes_pdf(meeting), "application/pdf")

    def write(delivery: Delivery) -> Letter:
        own = [task for task in tasks if task.owner_name == delivery.name]
        subject, text = minutes_mail(meeting, delivery.name, own)
        return Letter(delivery.email, subject, text, (paper,))

    return write
