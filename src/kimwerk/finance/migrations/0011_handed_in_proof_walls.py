"""A proof that was handed in holds single vouchers: who keeps it may read salaries. Nobody changes it any more."""

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
    dependencies = [("finance", "0010_handed_in_proofs")]
    operations = [
        wall(
            "finance_handedinproof",
            read=plans("salary.read"),
            write=f"{plans('salary.read')} and {plans('finance.manage')}",
        ),
        audited("finance_handedinproof"),
        migrations.RunSQL(
            "revoke update, delete on finance_handedinproof from kimwerk_app",
            reverse_sql="grant update, delete on finance_handedinproof to kimwerk_app",
        ),
    ]
