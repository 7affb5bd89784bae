"""The short report is for those who read the organisation's money."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


def plans(right: str) -> str:
    within = (
        "select coalesce(array_agg(id), '{}') from finance_costplan"
        f" where organisation_id = any((select walls.organisations('{right}'))::bigint[])"
    )
    return f"plan_id = any(({within})::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("finance", "0005_proof_report")]
    operations = [
        wall("finance_proofreport", read=plans("finance.read"), write=plans("finance.manage")),
        audited("finance_proofreport"),
    ]
