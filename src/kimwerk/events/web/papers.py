"""The letter of an invitation, and certificates of attendance as an accessible PDF."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.accounts.mailing import Letter
from kimwerk.events.models import Event, Invitation, Participant
from kimwerk.events.web.within import when_text
from kimwerk.kernel import german
from kimwerk.ui.typesetting import typeset

TEMPLATE = Path(__file__).with_name("certificate.typ")


def invitation_letter(invitation: Invitation, link: str) -> Letter:
    """The mail that carries the link of an invitation."""
    event = invitation.event
    named = {
        "name": invitation.name, "event": event.title, "when": when_text(event),
        "place": event.place or _("to be told"), "text": event.text, "link": link,
    }  # fmt: skip
    text = _(
        "Dear %(name)s,\n\nyou are invited to: %(event)s\n\nWhen: %(when)s\nWhere: %(place)s\n\n%(text)s\n\n"
        "Please answer by this link. It answers once:\n%(link)s"
    )
    return Letter(invitation.email, _("Invitation: %(event)s, %(when)s") % named, text % named)


def certificates_pdf(event: Event, guests: Sequence[Participant]) -> bytes:
    """A page for everybody who was there. Raises what `typeset` does."""
    day = german.day(event.day)
    payload = {
        "organisation": event.organisation.name,
        "title": _("Certificate of attendance"),
        "lead": _("has taken part in:"),
        "event": event.title,
        "kind": str(event.get_kind_display()),
        "when": when_text(event),
        "place": ", ".join(filter(None, (event.place, event.municipality.name if event.municipality else ""))),
        "text": event.text,
        "signature": _("Place, day, signature"),
        "footer": f"{event.organisation.name} · {day}",
        "guests": [{"name": guest.name, "body": guest.body} for guest in guests],
        "made_at": int(timezone.now().timestamp()),
    }
    return typeset(TEMPLATE, json.dumps(payload, ensure_ascii=False))
