"""Plans are read by those who read the organisation's money; single costs by those who may read salaries.

Rules are facts that the operator brings in: the web role only reads them. Scenarios that change single posts
tell by a difference what these cost, and so does a sum over one or two people: both stand behind the wall of
salaries.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


def own(right: str) -> str:
    return f"organisation_id = any((select walls.organisations('{right}'))::bigint[])"


def plans(right: str) -> str:
    within = f"select coalesce(array_agg(id), '{{}}') from finance_costplan where {own(right)}"
    return f"plan_id = any(({within})::bigint[])"


def through(column: str, table: str, right: str) -> str:
    within = (
        f"select coalesce(array_agg(t.id), '{{}}') from {table} t join finance_costplan p on p.id = t.plan_id"
        f" where p.{own(right)}"
    )
    return f"{column} = any(({within})::bigint[])"


SALARIES = f"{through('post_id', 'finance_planpost', 'salary.read')}"
WRITING_SALARIES = f"{SALARIES} and {through('post_id', 'finance_planpost', 'finance.manage')}"
TELLING = "vacant_post_id is null and removed_post_id is null"


class Migration(migrations.Migration):
    dependencies = [("finance", "0001_initial"), ("accounts", "0002_walls"), ("audit", "0001_log")]
    operations = [
        wall("finance_costplan", read=own("finance.read"), write=own("finance.manage")),
        wall("finance_planpost", read=plans("finance.read"), write=plans("finance.manage")),
        wall("finance_postcost", read=SALARIES, write=WRITING_SALARIES),
        wall("finance_planline", read=plans("finance.read"), write=plans("finance.manage")),
        wall(
            "finance_planrate",
            read=through("line_id", "finance_planline", "finance.read"),
            write=through("line_id", "finance_planline", "finance.manage"),
        ),
        wall(
            "finance_scenario",
            read=f"{plans('finance.read')} and ({TELLING} or {plans('salary.read')})",
            write=plans("finance.manage"),
        ),
        wall(
            "finance_settledamount",
            read=f"{through('line_id', 'finance_planline', 'finance.read')} and (scenario_id is null or"
            " scenario_id = any((select coalesce(array_agg(id), '{}') from finance_scenario)::bigint[]))"
            f" and (people not in (1, 2) or {through('line_id', 'finance_planline', 'salary.read')})",
            write=through("line_id", "finance_planline", "finance.manage"),
        ),
        *(
            audited(f"finance_{table}")
            for table in ("costplan", "planpost", "postcost", "planline", "planrate", "scenario")
        ),
        migrations.RunSQL(
            "revoke insert, update, delete on finance_fundingrule from kimwerk_app",
            reverse_sql="grant insert, update, delete on finance_fundingrule to kimwerk_app",
        ),
    ]
