"""Single bookings and the files they came from are for those who may read salaries; monthly sums for readers of money.

A sum of a month over one or two people tells what a single one costs: it stands behind the wall of salaries too.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


def own(right: str) -> str:
    return f"organisation_id = any((select walls.organisations('{right}'))::bigint[])"


def plans(right: str) -> str:
    within = f"select coalesce(array_agg(id), '{{}}') from finance_costplan where {own(right)}"
    return f"plan_id = any(({within})::bigint[])"


def lines(right: str) -> str:
    within = (
        "select coalesce(array_agg(t.id), '{}') from finance_planline t join finance_costplan p on p.id = t.plan_id"
        f" where p.{own(right)}"
    )
    return f"line_id = any(({within})::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("finance", "0003_bookings")]
    operations = [
        wall(
            "finance_bookingupload",
            read=plans("salary.read"),
            write=f"{plans('salary.read')} and {plans('finance.manage')}",
        ),
        wall(
            "finance_booking",
            read=lines("salary.read"),
            write=f"{lines('salary.read')} and {lines('finance.manage')}",
        ),
        wall(
            "finance_bookedmonth",
            read=f"{lines('finance.read')} and (people not in (1, 2) or {lines('salary.read')})",
            write=lines("finance.manage"),
        ),
        wall("finance_fundscall", read=lines("finance.read"), write=lines("finance.manage")),
        *(audited(f"finance_{table}") for table in ("bookingupload", "booking", "fundscall")),
    ]
