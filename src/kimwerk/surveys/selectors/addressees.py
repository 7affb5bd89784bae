"""Contacts in the directory who can be asked."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.directory.selectors import reachable_contacts
from kimwerk.directory.types import OrganisationKind
from kimwerk.surveys.models import Survey
from kimwerk.surveys.types import Addressee


def of_kind(kind: OrganisationKind) -> Callable[[Actor, Survey], list[Addressee]]:
    """Everybody at organisations of this kind in the district who has an address."""

    def find(_actor: Actor, survey: Survey) -> list[Addressee]:
        found = reachable_contacts([kind.value], survey.organisation.district_id, timezone.localdate())
        return [
            Addressee(
                each.organisation.name,
                each.email,
                each.organisation.municipality_id,
                each.organisation_id,
            )
            for each in found
        ]

    return find
