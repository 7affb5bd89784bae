"""The register of what was told to the public."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.network.models import Publication
from kimwerk.network.policies import may_keep
from kimwerk.network.services.refusing import name_nobody
from kimwerk.network.types import PublicationFacts


@transaction.atomic
def keep_publication(
    *, actor: Actor, organisation_id: int, facts: PublicationFacts, publication: Publication | None = None
) -> Publication:
    """Enter something told to the public, or correct it. Raises NetworkRefused."""
    current = _locked(actor, publication) if publication else _begun(actor, organisation_id)
    name_nobody(facts.title, facts.note)
    current.kind, current.title, current.medium = facts.kind.value, facts.title, facts.medium
    current.published_on, current.municipality_id = facts.published_on, facts.municipality_id
    current.reach, current.url, current.note = facts.reach, facts.url, facts.note
    current.reach_kind = facts.reach_kind.value if facts.reach_kind is not None and facts.reach is not None else ""
    current.save()
    record(actor=actor, action="publication.kept", subject=current)
    return current


def _begun(actor: Actor, organisation_id: int) -> Publication:
    if not may_keep(actor, organisation_id) or actor.account_id is None:
        raise PermissionDenied
    return Publication(organisation_id=organisation_id, entered_by_id=actor.account_id)


def _locked(actor: Actor, publication: Publication) -> Publication:
    found = Publication.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=publication.pk).first()
    if found is None:
        raise PermissionDenied
    return found
