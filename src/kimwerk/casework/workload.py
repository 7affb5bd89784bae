"""How many open cases each case manager has: a number, for who may count cases."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.casework.models import Case
from kimwerk.staffing.workload import Workload


def open_cases_by_account(actor: Actor, accounts: Sequence[int]) -> Workload | None:
    """One query. Whoever may not count cases learns nothing, not even of the own ones here."""
    if not actor.can(Permission.CASE_COUNT):
        return None
    counted = Case.objects.countable_by(actor).not_closed().filter(responsible__in=accounts)
    rows = counted.order_by("responsible").values_list("responsible").annotate(count=Count("pk"))
    return Workload(_("Open cases"), dict(rows))
