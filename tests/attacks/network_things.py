"""The network log in the world of the attacks: a contact, an offer, a pair and a publication that name a Frieda."""

from __future__ import annotations

from kimwerk.access.walls import set_actor
from kimwerk.needs.services import report_need
from kimwerk.needs.types import NeedFacts, Origin
from kimwerk.network.services import bring_together, keep_publication, keep_supply, note_encounter
from kimwerk.network.types import EncounterFacts, EncounterKind, PublicationFacts, PublicationKind, SupplyFacts
from tests.cast import Cast
from tests.steering.bodies import AUTUMN

OF_THE_NETWORK = {
    "network:correct": "encounter",
    **dict.fromkeys(("network:supply", "network:change_supply", "network:pair"), "supply"),
    "network:outcome": "pairing",
    "network:change_publication": "publication",
}
OF_BODIES = {"network:partner", "network:meet"}
"""Bodies of the directory are nobody's in particular; what was noted about them is."""


def build_network(cast: Cast, organisation_id: int) -> dict[str, int]:
    """The numbers of one thing of every sort."""
    kim, jobcenter = cast.actor("kim"), cast.organisations["Jobcenter Rhein-Sieg"]
    set_actor(kim.account_id)
    facts = EncounterFacts(EncounterKind.CALL, AUTUMN, "Frieda", jobcenter, "Frieda", "Frieda", text="Frieda")
    encounter = note_encounter(actor=kim, organisation_id=organisation_id, facts=facts)
    offered = SupplyFacts("Frieda", jobcenter, "Frieda")
    supply = keep_supply(actor=kim, organisation_id=organisation_id, facts=offered)
    needed = NeedFacts("Frieda", Origin.OTHER, AUTUMN)
    need = report_need(actor=kim, organisation_id=organisation_id, facts=needed)
    pairing = bring_together(actor=kim, supply=supply, need=need)
    told = PublicationFacts(PublicationKind.PORTRAIT, "Frieda", "Frieda", AUTUMN, note="Frieda")
    publication = keep_publication(actor=kim, organisation_id=organisation_id, facts=told)
    return {
        "encounter": encounter.pk,
        "supply": supply.pk,
        "pairing": pairing.pk,
        "publication": publication.pk,
    }
