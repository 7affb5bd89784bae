"""Starting an installation for one of the bodies of the programme. Done by the operator, as the owner role."""

from __future__ import annotations

from django.db import transaction

from kimwerk.directory.models import Installation, Organisation
from kimwerk.directory.selectors import KimBody
from kimwerk.directory.types import OrganisationKind
from kimwerk.kernel.names import sort_key


class AlreadyFounded(Exception):
    """This database already belongs to a body; its name is the argument."""


@transaction.atomic
def found_installation(*, body: KimBody, name: str) -> Organisation:
    """Make the installation and the organisation that keeps its data in it. Once per database."""
    existing = Installation.objects.select_for_update().first()
    if existing is not None:
        raise AlreadyFounded(existing.name)
    Installation.objects.create(name=name)
    return Organisation.objects.create(
        name=name,
        sort_key=sort_key(name),
        kind=OrganisationKind.MUNICIPALITY if body.is_city else OrganisationKind.COUNTY,
        district_id=body.district_id,
        municipality_id=body.municipality_id,
        is_controller=True,
    )
