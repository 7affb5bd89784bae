"""What a proof of use is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record_read
from kimwerk.finance.calculation.lines import Side
from kimwerk.finance.calculation.proof import Voucher
from kimwerk.finance.models import Booking, CostPlan, PassThrough
from kimwerk.kernel.money import Money
from kimwerk.kernel.periods import Period
from kimwerk.staffing.selectors.posts import period_of


def bookings_of(actor: Actor, plan: CostPlan, year: int) -> list[Booking]:
    """The bookings of a year with their lines. Who is handed single bookings is recorded."""
    found = list(Booking.objects.filter(line__plan=plan, booked_on__year=year).select_related("line"))
    if found:
        record_read(actor=actor, subject_type=Booking._meta.db_table, subject_id=f"plan {plan.pk}", amount=len(found))
    return found


def vouchers_of(plan: CostPlan, year: int) -> list[Voucher]:
    """The vouchers of a year in all plans of the plan's organisation."""
    rows = Booking.objects.filter(line__plan__organisation_id=plan.organisation_id, booked_on__year=year).values_list(
        "line__plan_id", "line__key", "line__side", "reference", "amount"
    )
    return [Voucher(pk, key, Side(side), reference, Money(amount)) for pk, key, side, reference, amount in rows]


def passed_on_days(plan: CostPlan) -> Mapping[str, Sequence[Period]]:
    """The days on which posts of the plan are passed on to others, by the posts' titles."""
    found: dict[str, list[Period]] = {}
    for each in PassThrough.objects.filter(plan=plan, post__isnull=False).select_related("post"):
        if each.post is not None:
            found.setdefault(each.post.title, []).append(period_of(each.days))
    return found
