"""What the views share: whose things, the way to them, and how doubles are shown."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models import Occasion, Registration
from kimwerk.arrivals.selectors.duplicates import Candidate
from kimwerk.arrivals.web.pages import DoubleLine
from kimwerk.directory.models import Municipality
from kimwerk.kernel import german
from kimwerk.persons.saying import reasons_in_words
from kimwerk.ui.components import Badge, Crumb, Tone


def seen_occasion(request: ActorRequest, pk: int) -> Occasion:
    """An occasion of the actor's organisation; 404 for anybody else."""
    return get_object_or_404(Occasion.objects.visible_to(request.actor), pk=pk)


def kept_occasion(request: ActorRequest, pk: int) -> Occasion:
    """An occasion that the actor watches over; 404 for anybody else."""
    return get_object_or_404(Occasion.objects.checked_by(request.actor), pk=pk)


def seen_row(request: ActorRequest, pk: int) -> Registration:
    """A row of the actor's places; 404 for anybody else."""
    found = Registration.objects.visible_to(request.actor)
    return get_object_or_404(
        found.select_related("occasion", "municipality", "registered_by", "checked_by", "released_by", "merged_into"),
        pk=pk,
    )


def checked_row(request: ActorRequest, pk: int) -> Registration:
    """A row that the actor checks; 404 for anybody else."""
    found = Registration.objects.checked_by(request.actor)
    return get_object_or_404(found.select_related("occasion", "municipality"), pk=pk)


def places_of(request: ActorRequest, occasion: Occasion, *rights: Permission) -> tuple[Municipality, ...]:
    """The municipalities of the occasion's district in which one of the rights holds."""
    scopes = [request.actor.scope(right) for right in rights]
    district = Municipality.objects.filter(district=occasion.organisation.district).order_by("sort_key")
    return tuple(
        place for place in district if any(scope.covers(occasion.organisation_id, place.pk) for scope in scopes)
    )


def to_occasions() -> tuple[Crumb, ...]:
    """The way to the lists."""
    return (Crumb(_("Registration lists"), reverse("arrivals:occasions")),)


def to_rows(occasion: Occasion) -> tuple[Crumb, ...]:
    """The way to the rows of an occasion."""
    return (*to_occasions(), Crumb(occasion.name, reverse("arrivals:rows", args=[occasion.pk])))


def to_row(row: Registration) -> tuple[Crumb, ...]:
    """The way to a row."""
    return (*to_rows(row.occasion), Crumb(row.listed_name, reverse("arrivals:row", args=[row.pk])))


def double_line(candidate: Candidate, url: str = "") -> DoubleLine:
    """Somebody who may be the same person, with the reasons."""
    row = candidate.row
    certain = Badge(_("almost certain"), Tone.WARNING) if candidate.is_almost_certain else None
    return DoubleLine(
        url=url or reverse("arrivals:row", args=[row.pk]),
        name=row.listed_name,
        original_name=row.original_name,
        born=german.day(row.birth_date) if row.birth_date else "",
        place=f"{row.municipality.name}, {row.occasion.name}",
        reasons=reasons_in_words(candidate.reasons),
        badge=certain,
    )
