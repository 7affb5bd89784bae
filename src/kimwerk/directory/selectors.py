"""Reads of the directory. Whoever is handed contacts is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record_read
from kimwerk.directory.models import Contact, District, Municipality, Organisation
from kimwerk.directory.types import OrganisationKind
from kimwerk.kernel.keys import NORTH_RHINE_WESTPHALIA
from kimwerk.kernel.names import sort_key

AACHEN = "05334002"
"""The one city within a county-like body that takes part in the programme beside it (§ 6 Aachen-Gesetz)."""


@dataclass(frozen=True, slots=True)
class KimBody:
    """One of the 54 counties and cities of the programme, by its official key of five or eight digits."""

    key: str
    name: str
    is_city: bool
    district_id: int
    municipality_id: int | None


def kim_bodies() -> list[KimBody]:
    """The counties, the Städteregion, the cities without a county, and Aachen, in the order of keys."""
    districts = (
        District.objects.filter(key__startswith=NORTH_RHINE_WESTPHALIA)
        .annotate(size=Count("municipalities"), only=Min("municipalities"), highest=Max("municipalities__ags"))
        .order_by("key")
    )
    bodies = [
        _body(district, district.size == 1 and district.highest.endswith("000"), district.only)
        for district in districts
    ]
    bodies += [
        KimBody(AACHEN, city.name, True, city.district_id, city.pk) for city in Municipality.objects.filter(ags=AACHEN)
    ]
    return sorted(bodies, key=lambda body: body.key)


def kim_body(key: str) -> KimBody | None:
    """The body with this official key, or None."""
    return next((body for body in kim_bodies() if body.key == key), None)


def _body(district: District, is_city: bool, municipality_id: int) -> KimBody:
    return KimBody(district.key, district.name, is_city, district.pk, municipality_id if is_city else None)


def kept_districts(actor: Actor) -> frozenset[int]:
    """The districts of the organisations for which the actor keeps the directory."""
    organisations = actor.scope(Permission.DIRECTORY_MANAGE).touched_organisations
    if not organisations:
        return frozenset()
    found = Organisation.objects.filter(pk__in=organisations, district__isnull=False)
    return frozenset(found.values_list("district_id", flat=True))


def municipalities_matching(words: str, district: District | None) -> models.QuerySet[Municipality]:
    """Municipalities by a part of their name or the beginning of their key, and by district."""
    found = Municipality.objects.select_related("district")
    if district is not None:
        found = found.filter(district=district)
    if words:
        found = found.filter(Q(sort_key__contains=sort_key(words)) | Q(ags__startswith=words.replace(" ", "")))
    return found


def organisations_matching(
    actor: Actor,
    *,
    words: str = "",
    kind: OrganisationKind | None = None,
    district: District | None = None,
    is_closed: bool = False,
) -> models.QuerySet[Organisation]:
    """Organisations by a part of their name, kind and district; those that exist, or the closed ones."""
    today = timezone.localdate()
    found = Organisation.objects.visible_to(actor).select_related("municipality", "district")
    found = found.filter(closed_on__lte=today) if is_closed else found.existing(today)
    if words:
        found = found.filter(sort_key__contains=sort_key(words))
    if kind is not None:
        found = found.filter(kind=kind.value)
    return found.filter(district=district) if district is not None else found


def contacts_of(actor: Actor, organisation: Organisation) -> list[Contact]:
    """The contacts at an organisation; that they were handed out is recorded."""
    found = list(
        Contact.objects.visible_to(actor)
        .filter(organisation=organisation)
        .select_related("office")
        .order_by("sort_key", "pk")
    )
    if found:
        record_read(
            actor=actor,
            subject_type=Contact._meta.db_table,
            subject_id=f"organisation {organisation.pk}",
            amount=len(found),
        )
    return found


def contact_for(actor: Actor, pk: int) -> Contact | None:
    """One contact; that it was handed out is recorded."""
    contact = Contact.objects.visible_to(actor).select_related("organisation", "office").filter(pk=pk).first()
    if contact is not None:
        record_read(actor=actor, subject_type=Contact._meta.db_table, subject_id=str(pk))
    return contact


def reachable_contacts(kinds: Iterable[str], district_id: int | None, on: date) -> models.QuerySet[Contact]:
    """Contacts with an address at organisations of these kinds in a district, by organisation and name."""
    bodies = Organisation.objects.filter(kind__in=kinds, district=district_id).existing(on)
    found = Contact.objects.filter(organisation__in=bodies).exclude(email="").select_related("organisation")
    return found.order_by("organisation__sort_key", "sort_key")


def municipalities_around(organisation_ids: Iterable[int]) -> models.QuerySet[Municipality]:
    """Those of the districts in which these organisations are, in the order of their names."""
    districts = Organisation.objects.filter(pk__in=organisation_ids).values("district")
    return Municipality.objects.filter(district__in=districts).order_by("sort_key")
