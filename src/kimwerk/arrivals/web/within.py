"""What the views share: whose things, the way to them, and how doubles are shown."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models import Occasion, Registration
from kimwerk.arrivals.selectors.duplicates import Candidate, likely_doubles
from kimwerk.arrivals.web.pages import DevicePart, DoubleLine
from kimwerk.directory.models import Municipality
from kimwerk.kernel import german
from kimwerk.persons.matching.registration import Registration as Compared
from kimwerk.persons.saying import reasons_in_words
from kimwerk.persons.selectors.duplicates import Candidate as PersonCandidate
from kimwerk.persons.selectors.duplicates import likely_persons
from kimwerk.persons.web.likeness import likeness_badge
from kimwerk.ui.components import Crumb


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


def device_part(occasion: Occasion) -> DevicePart:
    """Where a device keeps and sends families of this occasion."""
    family = reverse("arrivals:family", args=[occasion.pk])
    return DevicePart(family, reverse("arrivals:device"), reverse("arrivals:worker"))


def to_occasions() -> tuple[Crumb, ...]:
    """The way to the lists."""
    return (Crumb(_("Registration lists"), reverse("arrivals:occasions")),)


def to_rows(occasion: Occasion) -> tuple[Crumb, ...]:
    """The way to the rows of an occasion."""
    return (*to_occasions(), Crumb(occasion.name, reverse("arrivals:rows", args=[occasion.pk])))


def to_row(row: Registration) -> tuple[Crumb, ...]:
    """The way to a row."""
    return (*to_rows(row.occasion), Crumb(row.listed_name, reverse("arrivals:row", args=[row.pk])))


def doubles_of(actor: Actor, who: Compared, *, family: UUID | None = None) -> tuple[DoubleLine, ...]:
    """Who somebody might be already: on the lists of one's places, and among the persons in one's care."""
    rows = likely_doubles(actor, who, family=family)
    persons = likely_persons(actor, who) if actor.can(Permission.PERSON_KEEP) else ()
    return (*map(double_line, rows), *map(_person_line, persons))


def _person_line(candidate: PersonCandidate) -> DoubleLine:
    hit = candidate.hit
    return DoubleLine(
        url=reverse("persons:person", args=[hit.id]),
        name=hit.name,
        original_name=hit.original_name,
        born=hit.birth,
        place=_("in your care"),
        reasons=reasons_in_words(candidate.likeness.reasons),
        badge=likeness_badge(candidate.likeness),
    )


def double_line(candidate: Candidate, url: str = "") -> DoubleLine:
    """Somebody who may be the same person, with the reasons."""
    row = candidate.row
    return DoubleLine(
        url=url or reverse("arrivals:row", args=[row.pk]),
        name=row.listed_name,
        original_name=row.original_name,
        born=german.day(row.birth_date) if row.birth_date else "",
        place=f"{row.municipality.name}, {row.occasion.name}",
        reasons=reasons_in_words(candidate.likeness.reasons),
        badge=likeness_badge(candidate.likeness),
    )
