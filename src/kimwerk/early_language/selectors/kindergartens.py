"""Kindergartens, and whom a survey of them asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Municipality
from kimwerk.directory.selectors import municipalities_around
from kimwerk.early_language.models import Kindergarten
from kimwerk.early_language.types import RUNNING
from kimwerk.surveys.models import Invitation, Survey
from kimwerk.surveys.types import Addressee


@dataclass(frozen=True, slots=True)
class KindergartenWish:
    """Which kindergartens are asked for."""

    words: str = ""
    municipality_id: int | None = None
    is_language_kindergarten: bool | None = None
    is_closed: bool = False


def places_of(actor: Actor) -> QuerySet[Municipality]:
    """The municipalities of the districts whose language programme the actor reads."""
    return municipalities_around(actor.scope(Permission.EARLY_LANGUAGE_READ).touched_organisations)


def kindergartens_for(actor: Actor, wish: KindergartenWish) -> QuerySet[Kindergarten]:
    """The kindergartens asked for, by name, with how many enquiries of each are running."""
    today = timezone.localdate()
    found = Kindergarten.objects.visible_to(actor).select_related("municipality")
    found = found.filter(closed_on__lte=today) if wish.is_closed else found.existing(today)
    if wish.words:
        found = found.filter(Q(name__icontains=wish.words) | Q(carrier__icontains=wish.words))
    if wish.municipality_id is not None:
        found = found.filter(municipality=wish.municipality_id)
    if wish.is_language_kindergarten is not None:
        found = found.filter(is_language_kindergarten=wish.is_language_kindergarten)
    return found.order_by("name", "pk")


def running_enquiries(kindergartens: list[Kindergarten]) -> dict[int, int]:
    """How many enquiries of each of these kindergartens are running."""
    states = [state.value for state in RUNNING]
    counted = Kindergarten.objects.filter(pk__in=[each.pk for each in kindergartens]).values_list("pk")
    return dict(counted.annotate(running=Count("enquiries", filter=Q(enquiries__state__in=states))))


def subject_of(kindergarten: Kindergarten) -> str:
    """The key under which surveys know a kindergarten."""
    return f"kindergarten {kindergarten.pk}"


def addressees(actor: Actor, survey: Survey) -> list[Addressee]:
    """Every kindergarten of the organisation that has an address."""
    found = Kindergarten.objects.visible_to(actor).filter(organisation=survey.organisation_id).exclude(email="")
    existing = found.existing(timezone.localdate()).order_by("name", "pk")
    return [Addressee(each.name, each.email, each.municipality_id, subject=subject_of(each)) for each in existing]


def surveys_of(actor: Actor, kindergarten: Kindergarten) -> list[Invitation]:
    """Which surveys asked a kindergarten, the newest first."""
    found = Invitation.objects.visible_to(actor).filter(
        organisation=kindergarten.organisation_id, subject=subject_of(kindergarten)
    )
    return list(found.select_related("survey").order_by("-survey"))
