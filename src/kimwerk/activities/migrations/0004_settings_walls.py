"""Whoever may log somewhere reads the rules there; whoever keeps the categories sets them."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


def reach(*permissions: str) -> str:
    """The organisation is within these rights, as a whole or with one of its municipalities."""
    named = ", ".join(f"'{permission}'" for permission in permissions)
    return (
        f"organisation_id = any((select walls.organisations({named}))::bigint[])"
        f" or organisation_id = any((select array(select unnest(walls.places({named})) / 1000000))::bigint[])"
    )


class Migration(migrations.Migration):
    dependencies = [("activities", "0003_settings")]
    operations = [
        wall(
            "activities_diarysettings",
            read=reach("activity.log", "activity.read", "figure.read"),
            write="organisation_id = any((select walls.organisations('category.manage'))::bigint[])",
        ),
        audited("activities_diarysettings"),
    ]
