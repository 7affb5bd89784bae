"""A draft is read and written by whoever writes it, for as long as they work on the case."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_drafts")]
    operations = [
        wall(
            "casework_draft",
            read="account_id = (select walls.actor()) and case_id = any((select walls.kept_cases())::bigint[])",
        ),
        audited("casework_draft"),
    ]
