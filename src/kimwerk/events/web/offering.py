"""What events put on the directory's page of a municipality."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Municipality
from kimwerk.events.models import Agreement
from kimwerk.kernel import german
from kimwerk.ui.components import Fact


def agreement_there(actor: Actor, place: Municipality) -> tuple[Fact, ...]:
    """What was agreed with a municipality, for whoever reads agreements."""
    if not actor.can(Permission.EVENT_READ):
        return ()
    found = Agreement.objects.visible_to(actor).filter(municipality=place.pk).in_force(timezone.localdate()).first()
    if found is None:
        return ()
    url = reverse("events:agreement", args=[place.pk])
    return (
        Fact(_("Agreement in force since"), german.day(found.valid_from), url=url),
        Fact(_("Target groups"), found.target_groups),
        Fact(_("Where case management begins"), found.delimitation),
    )
