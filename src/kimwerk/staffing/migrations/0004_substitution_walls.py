"""Who stands in for whom is for those who read the plan of posts."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


def people(right: str) -> str:
    within = (
        "select coalesce(array_agg(id), '{}') from staffing_employee"
        f" where organisation_id = any((select walls.organisations('{right}'))::bigint[])"
    )
    return f"employee_id = any(({within})::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("staffing", "0003_substitution")]
    operations = [
        wall("staffing_substitution", read=people("staff.read"), write=people("staff.manage")),
        audited("staffing_substitution"),
    ]
