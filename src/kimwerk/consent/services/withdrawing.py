"""Withdrawing consent: at once, in one step, and for good."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.consent.events import ConsentWithdrawn
from kimwerk.consent.models import Declaration, Grant
from kimwerk.consent.policies import may_declare
from kimwerk.kernel.events import announce


@transaction.atomic
def withdraw(*, actor: Actor, declaration: Declaration | None = None, grant: Grant | None = None) -> tuple[Grant, ...]:
    """Withdraw a whole declaration or a single grant. Returns the grants that ended; asked twice, none end again.

    The database recalls what was shared under them in the same breath; other rooms hear of it by ConsentWithdrawn.
    """
    subject = declaration or grant
    if subject is None or not may_declare(actor, subject.person_id):
        raise PermissionDenied
    running = Grant.objects.select_for_update(of=("self",)).filter(withdrawn_at__isnull=True).order_by("pk")
    if declaration is not None:
        Declaration.objects.select_for_update(of=("self",)).get(pk=declaration.pk)
        ending = tuple(running.filter(declaration=declaration))
    else:
        ending = tuple(running.filter(pk=subject.pk))
    now = timezone.now()
    told = {"withdrawn_at": now, "withdrawn_by_id": actor.account_id}
    if declaration is not None:
        Declaration.objects.filter(pk=declaration.pk, withdrawn_at__isnull=True).update(**told)
    else:
        Grant.objects.filter(pk__in=[each.pk for each in ending]).update(**told)
    for each in ending:
        each.withdrawn_at, each.withdrawn_by_id = now, actor.account_id
    if ending:
        record(actor=actor, action="consent.withdrawn", subject=subject)
        announce(ConsentWithdrawn(subject.person_id, tuple(each.pk for each in ending), now))
    return ending
