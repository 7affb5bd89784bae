"""What the measuring of referrals finds prepared: consents, given by the errand itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from kimwerk.access.walls import acting
from kimwerk.accounts.models import Account
from kimwerk.accounts.selectors import actor_of
from kimwerk.casework.models import Case
from kimwerk.consent.models import ConsentText
from kimwerk.consent.services import declare
from kimwerk.consent.types import DeclarationFacts, DeclarationKind, Evidence, GrantFacts, Proof
from kimwerk.kernel.data_categories import DataCategory

ALLOWED = frozenset({DataCategory.IDENTITY, DataCategory.CONTACT, DataCategory.CONCERN})
AS_LONG_AS = timedelta(days=300)


def allow(account: int, cases: Sequence[int], recipient: int) -> None:
    """The persons of the cases allow the recipient what a referral tells."""
    actor, today = actor_of(Account.objects.get(pk=account)), timezone.localdate()
    with acting(actor):
        for case in Case.objects.filter(pk__in=cases):
            texts = ConsentText.objects.of(case.organisation_id, DeclarationKind.DATA_CONSENT)
            grant = GrantFacts(
                purpose="referral",
                categories=ALLOWED,
                valid_from=today,
                valid_until=today + AS_LONG_AS,
                recipient_id=recipient,
            )
            declare(
                actor=actor,
                facts=DeclarationFacts(
                    person_id=case.person_id or 0,
                    text_id=texts.in_force().get(language="de").pk,
                    declared_on=today,
                    place="Siegburg",
                    grants=(grant,),
                    proof=Proof(Evidence.PAPER, mark=f"Messung, Fall {case.number}"),
                ),
            )
