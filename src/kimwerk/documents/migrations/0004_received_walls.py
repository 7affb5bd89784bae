"""Who reads what came with packages, and who takes it over."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

HOME = "organisation_id = any((select walls.homes('template.read'))::bigint[])"
KEEP = "organisation_id = any((select walls.organisations('template.keep'))::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_received")]
    operations = [
        wall("documents_received", read=HOME, write=KEEP),
        audited("documents_received"),
    ]
