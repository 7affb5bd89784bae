"""Contacts are walled; every change of the directory is recorded."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial"), ("access", "0001_wall_functions"), ("audit", "0001_log")]
    operations = [
        wall(
            "directory_contact",
            read="(select walls.may('directory.read'))",
            write="(select walls.may('directory.manage'))",
        ),
        audited("directory_organisation"),
        audited("directory_office"),
        audited("directory_site"),
        audited("directory_contact"),
    ]
