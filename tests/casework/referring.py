"""Referrals of the tests: somebody invented, referred to the Jobcenter, with or without a consent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.roles import Role
from kimwerk.access.walls import set_actor
from kimwerk.accounts.models import Account, Membership
from kimwerk.accounts.selectors import actor_of
from kimwerk.casework.models import Case, Referral, ReferralOrigin
from kimwerk.casework.referral_types import PURPOSE, ReferralChannel, ReferralFacts
from kimwerk.casework.services.referrals import send_referral
from kimwerk.consent.models import Disclosure, Grant
from kimwerk.consent.types import GrantFacts
from kimwerk.kernel.data_categories import DataCategory
from tests.casework.cases import running
from tests.cast import Cast, as_owner
from tests.consent.consents import allow

JOBCENTER = "Jobcenter Rhein-Sieg"
COVERED = (DataCategory.IDENTITY, DataCategory.CONTACT, DataCategory.CONCERN)
NEED = "Leistungen nach SGB II beantragen, Begleitung beim Antrag."
CONCERN = "Der Antrag wurde im März schon einmal abgelehnt."


def agent(cast: Cast, organisation: str = JOBCENTER, role: Role = Role.PARTNER_AGENCY) -> Actor:
    """Somebody who answers at another organisation."""
    with as_owner():
        account = Account.objects.create(
            email=f"{role.value}.{organisation.split(maxsplit=1)[0].lower()}@kimwerk.example",
            given_name="Jana",
            family_name="Jobcenter",
            password="!",
        )
        Membership.objects.create(
            account=account,
            role=role.value,
            organisation_id=cast.organisations[organisation],
            valid=DateRange(date(2020, 1, 1), None),
        )
    return actor_of(account)


def consent_for(
    cast: Cast, case: Case, recipient: str = JOBCENTER, *, categories: tuple[DataCategory, ...] = COVERED,
    purpose: str = PURPOSE,
) -> Grant:  # fmt: skip
    """A consent of the case's person, in force; noted by the case's manager, who must be the actor."""
    actor, recipient_id = actor_of(case.responsible), cast.organisations[recipient]
    facts = GrantFacts(
        purpose=purpose,
        categories=frozenset(categories),
        valid_from=timezone.localdate(),
        valid_until=timezone.localdate() + timedelta(days=365),
        recipient_id=recipient_id,
    )
    assert case.person_id
    return allow(cast, actor, case.person_id, facts).grants.get()


def referral_facts(cast: Cast, **changes: object) -> ReferralFacts:
    """What Frieda says when she refers to the Jobcenter."""
    values: dict[str, object] = {
        "recipient_id": cast.organisations[JOBCENTER],
        "target_id": cast.categories["behoerden"],
        "need": NEED,
        "concern": CONCERN,
        "categories": (DataCategory.IDENTITY, DataCategory.CONTACT),
    } | changes
    return ReferralFacts(**values)  # type: ignore[arg-type]  # each test names the fields it changes


@dataclass
class Sent:
    """A referral that was sent, with whom it is about and on what it rests."""

    sender: Actor
    case: Case
    grant: Grant
    referral: Referral

    @property
    def disclosure(self) -> Disclosure | None:
        """What was told on acceptance, as the sender sees it."""
        return Referral.objects.get(pk=self.referral.pk).disclosure

    @property
    def asking(self) -> Disclosure:
        """What was told by asking."""
        asking = Referral.objects.get(pk=self.referral.pk).asking
        assert asking
        return asking

    @property
    def origin(self) -> ReferralOrigin:
        """Where it comes from, as the sender sees it."""
        return ReferralOrigin.objects.get(referral=self.referral)


def sent(cast: Cast, sender: Actor, **changes: object) -> Sent:
    """A referral to the Jobcenter with a consent; the sender must be named to the database."""
    case = running(cast, sender)
    facts = referral_facts(cast, **changes)
    grant = consent_for(cast, case)
    return Sent(sender, case, grant, send_referral(actor=sender, case=case, facts=facts))


def sent_by_link(cast: Cast, sender: Actor) -> Sent:
    """The same to an organisation without an account."""
    return sent(cast, sender, channel=ReferralChannel.LINK)


@contextmanager
def acting_as(actor: Actor, back: Actor) -> Iterator[Actor]:
    """Be somebody else to the database for a while."""
    set_actor(actor.account_id)
    yield actor
    set_actor(back.account_id)
