"""The kindergarten language programme in the world of the attacks: everything in it is called Frieda."""

from __future__ import annotations

from django.utils import timezone

from kimwerk.access.walls import set_actor
from kimwerk.early_language.services import keep_deed, keep_kindergarten, keep_offer, note_enquiry
from kimwerk.early_language.types import (
    AskedVia,
    Audience,
    DeedFacts,
    DeedKind,
    EnquiryFacts,
    KindergartenFacts,
    OfferFacts,
)
from tests.cast import Cast

OF_LANGUAGE = {
    **dict.fromkeys((f"early_language:{name}" for name in ("kindergarten", "change", "ask_for")), "kindergarten"),
    "early_language:settle": "kindergarten_enquiry",
    **dict.fromkeys(("early_language:change_deed", "early_language:remove_deed"), "language_deed"),
    "early_language:change_offer": "language_offer",
}


def build_language(cast: Cast, organisation_id: int) -> dict[str, int]:
    """The numbers of one thing of every sort."""
    kim, today = cast.actor("kim"), timezone.localdate()
    set_actor(kim.account_id)
    facts = KindergartenFacts("Frieda", "Frieda", cast.municipalities["Siegburg"], "Frieda", "frieda@kita.example")
    house = keep_kindergarten(actor=kim, organisation_id=organisation_id, facts=facts)
    offer = keep_offer(
        actor=kim, organisation_id=organisation_id, facts=OfferFacts("Frieda", Audience.FAMILIES, "Frieda")
    )
    asked = EnquiryFacts(house.pk, offer.pk, today, AskedVia.TELEPHONE)
    enquiry = note_enquiry(actor=kim, organisation_id=organisation_id, facts=asked, today=today)
    done = DeedFacts(DeedKind.TEAM_VISIT, today, 1, 5, house.pk, house.municipality_id)
    deed = keep_deed(actor=kim, organisation_id=organisation_id, facts=done, today=today)
    return {
        "kindergarten": house.pk,
        "kindergarten_enquiry": enquiry.pk,
        "language_deed": deed.pk,
        "language_offer": offer.pk,
    }
