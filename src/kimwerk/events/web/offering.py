"""What events put on the directory's page of a municipality."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Municipality
from kimwerk.events.models import Agreement
from kimwerk.events.selectors.agreements import agreement_at
from kimwerk.kernel import german
from kimwerk.ui.components import Fact


def agreement_there(actor: Actor, place: Municipality) -> tuple[Fact, ...]:
    """What was agreed with a municipality, for whoever reads agreements."""
    if not actor.can(Permission.EVENT_READ):
        return ()
    found = agreement_at(actor, place.pk)
    return () if found is None else (_since(found), *agreement_facts(found))


def agreement_on_file(actor: Actor, municipality_id: int) -> tuple[Fact, ...]:
    """The same for the page of a case: first what is agreed, then since when."""
    found = agreement_at(actor, municipality_id) if actor.can(Permission.EVENT_READ) else None
    return () if found is None else (*reversed(agreement_facts(found)), _since(found))


def agreement_facts(found: Agreement) -> tuple[Fact, ...]:
    """What an agreement says."""
    return (
        Fact(_("Target groups"), found.target_groups),
        Fact(_("Interfaces"), found.interfaces),
        Fact(_("Where case management begins"), found.delimitation),
    )


def _since(found: Agreement) -> Fact:
    url = reverse("events:agreement", args=[found.municipality_id])
    return Fact(_("Agreement in force since"), german.day(found.valid_from), url=url)
