"""Receiving offices of the tests, with what each of them needs of the lists."""

from __future__ import annotations

from datetime import date

from allauth.mfa.models import Authenticator
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.roles import Role
from kimwerk.access.walls import set_actor
from kimwerk.accounts.models import Account, Membership
from kimwerk.accounts.selectors import actor_of
from kimwerk.arrivals.models import ListContract
from kimwerk.arrivals.services import accept_contract, publish_contract
from kimwerk.arrivals.types import ContractFacts, OfficeKind
from kimwerk.consent.models import Purpose, StatutoryBasis
from kimwerk.directory.models import District, Organisation
from tests.cast import Cast, as_owner

NAMES = {
    OfficeKind.FOREIGNERS_AUTHORITY: "Ausländerbehörde Rhein-Sieg",
    OfficeKind.SCHOOL_OFFICE: "Schulamt Rhein-Sieg",
    OfficeKind.YOUTH_OFFICE: "Jugendamt Rhein-Sieg",
}
NEEDED = {
    OfficeKind.FOREIGNERS_AUTHORITY: "family_name given_names original_family original_given sex birth_date"
    " nationality guardian street postcode town host phone municipality arrived_on family",
    OfficeKind.SCHOOL_OFFICE: "family_name given_names sex birth_date needs_school municipality arrived_on guardian",
    OfficeKind.YOUTH_OFFICE: "family_name given_names birth_date needs_childcare municipality arrived_on",
}
BASES = {
    OfficeKind.FOREIGNERS_AUTHORITY: ("residence_duty", "foreigners_authority"),
    OfficeKind.SCHOOL_OFFICE: ("school_attendance", "childcare_and_school"),
    OfficeKind.YOUTH_OFFICE: ("childcare_place", "childcare_and_school"),
}
COUNTY = "Rhein-Sieg-Kreis"


def officer(kind: OfficeKind) -> Actor:
    """Whoever works at this office; office and account are made when first asked for."""
    email = f"{kind.value}@kimwerk.example"
    if not Account.objects.filter(email=email).exists():
        with as_owner():
            office = Organisation.objects.create(
                name=NAMES[kind],
                sort_key=NAMES[kind].lower(),
                kind="authority",
                district=District.objects.get(key="05382"),
            )
            account = Account.objects.create(email=email, given_name="Olga", family_name="Office", password="!")
            Membership.objects.create(
                account=account,
                role=Role.PARTNER_OFFICE.value,
                organisation=office,
                valid=DateRange(date(2020, 1, 1), None),
            )
            Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    return actor_of(Account.objects.get(email=email))


def office_of(officer: Actor) -> int:
    """The office where somebody works."""
    return officer.grants[0].organisation_id


def needs(cast: Cast, kind: OfficeKind, columns: str = "") -> ContractFacts:
    """What an office of this kind says that it needs."""
    law, purpose = BASES[kind]
    return ContractFacts(
        organisation_id=cast.organisations[COUNTY],
        recipient_id=office_of(officer(kind)),
        kind=kind,
        columns=frozenset((columns or NEEDED[kind]).split()),
        purpose_id=Purpose.objects.get(code=purpose).pk,
        statutory_basis_id=StatutoryBasis.objects.get(code=law).pk,
        reason="Aufgabe der Stelle",
    )


def contract(cast: Cast, karin: Actor, kind: OfficeKind, columns: str = "") -> ListContract:
    """A contract in force from today on; Karin acts afterwards."""
    there = officer(kind)
    set_actor(there.account_id)
    facts = needs(cast, kind, columns)
    published = publish_contract(actor=there, facts=facts)
    set_actor(karin.account_id)
    return accept_contract(actor=karin, contract=published, valid_from=timezone.localdate())


def contracts(cast: Cast, karin: Actor) -> dict[OfficeKind, ListContract]:
    """One contract of every kind."""
    return {kind: contract(cast, karin, kind) for kind in OfficeKind}
