"""Shared costs and what is passed on are for those who read the organisation's money."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


def plans(right: str) -> str:
    within = (
        "select coalesce(array_agg(id), '{}') from finance_costplan"
        f" where organisation_id = any((select walls.organisations('{right}'))::bigint[])"
    )
    return f"plan_id = any(({within})::bigint[])"


def contracts(right: str) -> str:
    within = (
        "select coalesce(array_agg(t.id), '{}') from finance_passthrough t"
        " join finance_costplan p on p.id = t.plan_id"
        f" where p.organisation_id = any((select walls.organisations('{right}'))::bigint[])"
    )
    return f"pass_through_id = any(({within})::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("finance", "0007_sharing")]
    operations = [
        wall("finance_sharedcost", read=plans("finance.read"), write=plans("finance.manage")),
        wall("finance_passthrough", read=plans("finance.read"), write=plans("finance.manage")),
        wall("finance_passthroughmove", read=contracts("finance.read"), write=contracts("finance.manage")),
        *(audited(f"finance_{table}") for table in ("sharedcost", "passthrough", "passthroughmove")),
    ]
