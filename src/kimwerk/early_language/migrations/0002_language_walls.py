"""Who reads and keeps the language programme. What was settled of an enquiry stays."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

READ = "organisation_id = any((select walls.homes('early_language.read'))::bigint[])"
KEEP = "organisation_id = any((select walls.homes('early_language.keep'))::bigint[])"
TABLES = ("kindergarten", "offer", "enquiry", "deed")


class Migration(migrations.Migration):
    dependencies = [
        ("early_language", "0001_language_programme"),
        ("accounts", "0002_walls"),
        ("persons", "0002_walls"),
    ]
    operations = [
        *(wall(f"early_language_{table}", read=READ, write=KEEP) for table in TABLES),
        *(audited(f"early_language_{table}") for table in TABLES),
    ]
