"""Consent in the tests: texts in force at the county, and persons who allow something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.consent.models import ConsentText, Declaration
from kimwerk.consent.services import approve_version, begin_version, declare
from kimwerk.consent.types import (
    DeclarationFacts,
    DeclarationKind,
    Direction,
    Evidence,
    GrantFacts,
    Proof,
    TextLanguage,
)
from kimwerk.kernel.data_categories import DataCategory
from tests.cast import Cast

COUNTY = "Rhein-Sieg-Kreis"
JOBCENTER = "Jobcenter Rhein-Sieg"
PARTICULARS = {"controller": "Rhein-Sieg-Kreis, Siegburg", "officer": "datenschutz@rsk.example", "authority": "LDI NRW"}
ON_PAPER = Proof(Evidence.PAPER, mark="Akte 12/3")


def text_in_force(
    cast: Cast, kind: DeclarationKind = DeclarationKind.DATA_CONSENT, language: TextLanguage = TextLanguage.GERMAN
) -> ConsentText:
    """The county's text in force; written by Karin and approved by Doris when first asked for. Keeps the actor."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('kimwerk.actor', true)")
        row: tuple[str | None] = cursor.fetchone()
    organisation_id = cast.organisations[COUNTY]
    karin, doris = cast.actor("karin"), cast.actor("doris")
    set_actor(karin.account_id)
    wanted = ConsentText.objects.of(organisation_id, kind).in_force().filter(language=language.value)
    if not wanted.exists():
        begin_version(actor=karin, organisation_id=organisation_id, kind=kind, particulars=PARTICULARS)
        set_actor(doris.account_id)
        draft = ConsentText.objects.of(organisation_id, kind).first()
        assert draft is not None
        approve_version(actor=doris, text=draft)
    found = wanted.get()
    set_actor(int(row[0]) if row[0] else None)
    return found


def grant_facts(
    cast: Cast,
    recipient: str = JOBCENTER,
    *,
    purpose: str = "referral",
    categories: Iterable[DataCategory] = (DataCategory.IDENTITY, DataCategory.CONTACT, DataCategory.CONCERN),
    direction: Direction = Direction.TO,
    valid_from: date | None = None,
    valid_until: date | None = None,
    group_id: int | None = None,
) -> GrantFacts:
    """One thing allowed, from today for a year."""
    today = timezone.localdate()
    return GrantFacts(
        purpose=purpose,
        categories=frozenset(categories),
        valid_from=valid_from or today,
        valid_until=valid_until or today + timedelta(days=365),
        recipient_id=None if group_id else cast.organisations[recipient],
        group_id=group_id,
        direction=direction,
    )


def declaration_facts(cast: Cast, person_id: int, *grants: GrantFacts, **changes: object) -> DeclarationFacts:
    """What was declared today on paper, with these grants."""
    values: dict[str, object] = {
        "person_id": person_id,
        "text_id": text_in_force(cast).pk,
        "declared_on": timezone.localdate(),
        "place": "Siegburg",
        "grants": grants,
        "proof": ON_PAPER,
    } | changes
    return DeclarationFacts(**values)  # type: ignore[arg-type]  # each test names the fields it changes


def allow(cast: Cast, actor: Actor, person_id: int, *grants: GrantFacts) -> Declaration:
    """The person allows it; without grants, the usual one towards the Jobcenter."""
    return declare(actor=actor, facts=declaration_facts(cast, person_id, *(grants or (grant_facts(cast),))))
