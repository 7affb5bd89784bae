"""The walls of this room read the rights of the actor from a view, where each question called functions for them."""

from importlib import import_module

from django.db import migrations

from kimwerk.access.walls import rights_from_view

settings = import_module("kimwerk.activities.migrations.0004_settings_walls")

READ = "alter policy activities_diarysettings_read on activities_diarysettings using ({});"
RIGHTS = ("activity.log", "activity.read", "figure.read")
ANYWHERE = f"""organisation_id = any(array(
    select my.organisation_id from walls.my_rights my where my.permissions && array{list(RIGHTS)}))"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0017_own_first"), ("accounts", "0006_my_rights")]
    operations = [
        migrations.RunSQL(READ.format(ANYWHERE), reverse_sql=READ.format(settings.reach(*RIGHTS))),
        rights_from_view(r"activities\_%"),
    ]
