"""Whose own entry it is passes without a question about rights: on the page of a case nearly all are one's own."""

from importlib import import_module

from django.db import migrations

walls = import_module("kimwerk.activities.migrations.0002_walls")

READ = "alter policy activities_activity_read on activities_activity using ({} or {});"
BY_RIGHT = walls.reach("activity.read", "figure.read")


class Migration(migrations.Migration):
    dependencies = [("activities", "0016_mappings_have_validity")]
    operations = [
        migrations.RunSQL(READ.format(walls.OWN, BY_RIGHT), reverse_sql=READ.format(BY_RIGHT, walls.OWN)),
    ]
