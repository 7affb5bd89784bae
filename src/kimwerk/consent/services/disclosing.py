"""Handing out data, and taking back what was handed out."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg.errors import CheckViolation

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record, record_read
from kimwerk.consent.keys import Content, open_content, seal_content
from kimwerk.consent.models import Disclosure, DisclosureRead, Grant, Purpose, StatutoryBasis
from kimwerk.consent.policies import may_declare, may_receive
from kimwerk.consent.services.refusals import NotCovered
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.kernel.hashing import content_hash
from kimwerk.persons.models import Person

NOT_COVERED = frozenset({"consent_disclosure_is_covered", "disclosure_recipient_is_open"})


@transaction.atomic
def disclose(
    *,
    actor: Actor,
    person_id: int,
    recipient_id: int,
    purpose: str,
    content: Mapping[DataCategory, Mapping[str, str]],
    grant: Grant | None = None,
    statutory_basis: StatutoryBasis | None = None,
    reason: str = "",
) -> Disclosure:
    """Hand exactly these fields to a recipient, frozen. Raises NotCovered: the database has the last word.

    A statutory basis needs a reason and appears in the list for the data protection officer. After NotCovered the
    surrounding transaction is as it was.
    """
    if not may_declare(actor, person_id) or actor.account_id is None:
        raise PermissionDenied
    told = {category: fields for category, fields in content.items() if fields}
    try:
        with transaction.atomic():
            disclosure = Disclosure.objects.create(
                person_id=person_id,
                organisation_id=Person.objects.values_list("organisation_id", flat=True).get(pk=person_id),
                recipient_id=recipient_id,
                purpose=Purpose.objects.get(code=purpose),
                categories=sorted(category.value for category in told),
                grant=grant,
                statutory_basis=statutory_basis,
                basis_reason=reason,
                content_hash=hash_of(told),
                disclosed_by_id=actor.account_id,
            )
    except IntegrityError as error:
        if refused_by(error) in NOT_COVERED:
            raise NotCovered from error
        raise
    disclosure.refresh_from_db()  # when, by whom and until when is written by the database
    seal_content(disclosure, told)
    record(actor=actor, action="disclosure.made", subject=disclosure)
    return disclosure


@transaction.atomic
def recall(*, actor: Actor, disclosure: Disclosure) -> Disclosure:
    """Take a disclosure back: from now on the recipient cannot read it. Asked twice, it is done once."""
    if not may_declare(actor, disclosure.person_id):
        raise PermissionDenied
    current = Disclosure.objects.select_for_update(of=("self",)).get(pk=disclosure.pk)
    if current.recalled_at is None:
        current.recalled_at = timezone.now()
        current.save(update_fields=["recalled_at"])
        record(actor=actor, action="disclosure.recalled", subject=current)
    return current


@transaction.atomic
def read_disclosure(*, actor: Actor, disclosure: Disclosure) -> Content:
    """Open what came to the actor's organisation, and note that it was read. CannotUnseal once it is over."""
    if not may_receive(actor, disclosure) or actor.account_id is None:
        raise PermissionDenied
    content = open_content(disclosure)
    DisclosureRead.objects.create(disclosure=disclosure, account_id=actor.account_id)
    record_read(actor=actor, subject_type=Disclosure._meta.db_table, subject_id=str(disclosure.pk))
    return content


@transaction.atomic
def confirm_deletion(*, actor: Actor, disclosure: Disclosure) -> Disclosure:
    """The recipient says that what they had taken over is deleted."""
    if not may_receive(actor, disclosure) or actor.account_id is None:
        raise PermissionDenied
    current = Disclosure.objects.select_for_update(of=("self",)).get(pk=disclosure.pk)
    if current.deletion_confirmed_at is None:
        current.deletion_confirmed_at, current.deletion_confirmed_by_id = timezone.now(), actor.account_id
        current.save(update_fields=["deletion_confirmed_at", "deletion_confirmed_by"])
        record(actor=actor, action="disclosure.deletion_confirmed", subject=current)
    return current


def hash_of(content: Content) -> str:
    """SHA-256 of what was sent, by which it can be proved years later."""
    return content_hash({category.value: dict(fields) for category, fields in content.items()})


def refused_by(error: IntegrityError) -> str:
    """The name of the constraint that refused."""
    cause = error.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, CheckViolation) else ""
