"""Consent in the world of the attacks: what a person of Frieda's allowed, and what the Jobcenter was told."""

from __future__ import annotations

from kimwerk.access.walls import set_actor
from kimwerk.consent.models import ConsentText, DisclosureRead
from kimwerk.consent.services import begin_version, declare, disclose
from kimwerk.consent.services.lists import add_group, join_group
from kimwerk.consent.types import DeclarationKind, Evidence, Proof
from kimwerk.kernel.data_categories import DataCategory
from tests.cast import Cast, as_owner
from tests.consent.consents import COUNTY, JOBCENTER, declaration_facts, grant_facts

PICTURE = b"\x89PNG\r\n\x1a\nFrieda"


def build_consent(cast: Cast, person_id: int) -> dict[str, int]:
    """The numbers of one thing of every sort."""
    frieda, karin = cast.actor("frieda"), cast.actor("karin")
    set_actor(frieda.account_id)
    facts = declaration_facts(cast, person_id, grant_facts(cast), proof=Proof(Evidence.DRAWN, content=PICTURE))
    declaration = declare(actor=frieda, facts=facts)
    grant = declaration.grants.get()
    disclosure = disclose(
        actor=frieda,
        person_id=person_id,
        recipient_id=cast.organisations[JOBCENTER],
        purpose="referral",
        content={DataCategory.IDENTITY: {"name": "Frieda"}},
        grant=grant,
    )
    with as_owner():
        DisclosureRead.objects.create(disclosure=disclosure, account_id=cast.accounts["frieda"])
    set_actor(karin.account_id)
    kind, organisation_id = DeclarationKind.DATA_CONSENT, cast.organisations[COUNTY]
    draft = begin_version(actor=karin, organisation_id=organisation_id, kind=kind)
    group = add_group(actor=karin, organisation_id=organisation_id, name="Arbeitskreis Wohnen")
    join_group(actor=karin, group=group, member_id=cast.organisations[JOBCENTER])
    text = ConsentText.objects.of(organisation_id, kind).get(version=draft, language="de")
    return {
        "declaration": declaration.pk,
        "grant": grant.pk,
        "disclosure": disclosure.pk,
        "text": text.pk,
        "recipient_group": group.pk,
        "group_member": group.members.get().pk,
        "purpose": grant.purpose_id,
    }
