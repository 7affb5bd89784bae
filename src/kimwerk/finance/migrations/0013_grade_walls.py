"""The table of pay is for those who read the organisation's money."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


def own(right: str) -> str:
    return f"organisation_id = any((select walls.organisations('{right}'))::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("finance", "0012_grades")]
    operations = [
        wall("finance_grade", read=own("finance.read"), write=own("finance.manage")),
        audited("finance_grade"),
    ]
