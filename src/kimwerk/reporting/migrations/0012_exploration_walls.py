"""Who reads and changes kept questions."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

ME = "(select walls.actor())"
NEAR = "organisation_id = any((select walls.homes('figure.read'))::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("reporting", "0011_explorations")]
    operations = [
        wall(
            "reporting_exploration",
            read=f"kept_by_id = {ME} or (is_shared and {NEAR})",
            write=f"kept_by_id = {ME} and {NEAR}",
        ),
        audited("reporting_exploration"),
    ]
