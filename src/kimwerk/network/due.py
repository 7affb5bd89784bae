"""What of the network waits: bodies that nobody has met for long, and those that were to be met again."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.kept import kept
from kimwerk.access.permissions import Permission
from kimwerk.kernel import german
from kimwerk.kernel.due import DueItem
from kimwerk.network.models import Encounter
from kimwerk.network.selectors.partners import waiting_for
from kimwerk.network.types import SILENT_AFTER

LEAD_TIME = timedelta(days=7)
MOST = 5


def due_items(actor: Actor) -> tuple[DueItem, ...]:
    """Whom one should ask after, at most five; one query."""
    if not actor.can(Permission.NETWORK_KEEP):
        return ()
    today = timezone.localdate()
    return tuple(map(_item, _waiting(actor, today - SILENT_AFTER, today + LEAD_TIME)))


@kept
def _waiting(actor: Actor, silent_since: date, soon: date) -> QuerySet[Encounter]:
    return waiting_for(actor, silent_since, soon)[:MOST]


def _item(last: Encounter) -> DueItem:
    said = {"name": last.partner, "day": german.day(last.on_day)}
    url = reverse("network:partner", args=[last.partner_id])
    if last.next_on is not None:
        return DueItem(
            _("Meet again: %(name)s") % said, _("last met on %(day)s") % said, url, last.next_on,
            last.next_on < timezone.localdate(),
        )  # fmt: skip
    return DueItem(
        _("No contact for long: %(name)s") % said, _("last met on %(day)s") % said, url, last.on_day + SILENT_AFTER
    )
