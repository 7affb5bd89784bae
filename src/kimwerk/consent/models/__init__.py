"""What this room stores."""

from kimwerk.consent.models.declaration import Declaration, DeclarationProof
from kimwerk.consent.models.disclosure import (
    Disclosure,
    DisclosureContent,
    DisclosureKey,
    DisclosureRead,
)
from kimwerk.consent.models.grant import LONGEST_YEARS, Grant
from kimwerk.consent.models.list_disclosure import ListDisclosure
from kimwerk.consent.models.lists import Purpose, RecipientGroup, RecipientGroupMember, StatutoryBasis
from kimwerk.consent.models.text import ConsentText

__all__ = [
    "LONGEST_YEARS",
    "ConsentText",
    "Declaration",
    "DeclarationProof",
    "Disclosure",
    "DisclosureContent",
    "DisclosureKey",
    "DisclosureRead",
    "Grant",
    "ListDisclosure",
    "Purpose",
    "RecipientGroup",
    "RecipientGroupMember",
    "StatutoryBasis",
]
