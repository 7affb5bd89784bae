"""What was agreed with municipalities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.kept import Question, kept
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Municipality
from kimwerk.events.models import Agreement
from kimwerk.events.selectors.events import places_of


@dataclass(frozen=True, slots=True)
class PlaceAgreement:
    """A municipality with what holds there today, if anything was agreed."""

    municipality: Municipality
    agreement: Agreement | None


def agreements_for(actor: Actor) -> list[PlaceAgreement]:
    """Every municipality with what holds there today."""
    holding = {
        each.municipality_id: each for each in Agreement.objects.visible_to(actor).in_force(timezone.localdate())
    }
    return [PlaceAgreement(place, holding.get(place.pk)) for place in places_of(actor)]


@kept
def _holding(actor: Actor, municipality: int, today: date) -> QuerySet[Agreement]:
    begun = Agreement.objects.visible_to(actor).filter(municipality=municipality, valid_from__lte=today)
    return begun.order_by("-valid_from", "organisation")[:1]


def questions_at(actor: Actor, municipality_id: int) -> tuple[Question, ...]:
    """What `agreement_at` asks, for whoever asks more at once; nothing for whoever may not know."""
    may_know = actor.can(Permission.EVENT_READ)
    return (_holding.of(actor, municipality_id, timezone.localdate()),) if may_know else ()


def agreement_at(actor: Actor, municipality_id: int) -> Agreement | None:
    """What holds in a municipality today, the newest first where two bodies agreed something. One query."""
    return next(iter(_holding(actor, municipality_id, timezone.localdate())), None)


def agreements_at(actor: Actor, municipality_id: int) -> list[Agreement]:
    """Everything that was agreed with a municipality, the newest first."""
    found = Agreement.objects.visible_to(actor).filter(municipality=municipality_id)
    return list(found.select_related("agreed_by").order_by("-valid_from"))
