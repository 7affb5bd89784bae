"""Who reads the network log, and who writes it."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

READ = "organisation_id = any((select walls.homes('network.read'))::bigint[])"
KEEP = "organisation_id = any((select walls.homes('network.keep'))::bigint[])"
TABLES = ("network_encounter", "network_supply", "network_pairing", "network_publication")


class Migration(migrations.Migration):
    dependencies = [("network", "0001_log"), ("accounts", "0002_walls"), ("audit", "0001_log")]
    operations = [
        *(wall(table, read=READ, write=KEEP) for table in TABLES),
        *(audited(table) for table in TABLES),
    ]
