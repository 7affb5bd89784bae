"""Whoever works for a town hall reads what the county agreed with that town, though the county keeps the agreement."""

from django.db import migrations

HOME = "organisation_id = any((select walls.homes('event.read'))::bigint[])"
TOWN = """exists (
    select from directory_organisation town
    where town.id = any((select walls.homes('event.read'))::bigint[])
      and town.kind = 'municipality' and town.municipality_id = events_agreement.municipality_id
)"""
READ = "drop policy events_agreement_read on events_agreement; create policy events_agreement_read on events_agreement"


class Migration(migrations.Migration):
    dependencies = [("events", "0004_agreement_walls"), ("directory", "0002_walls")]
    operations = [
        migrations.RunSQL(
            f"{READ} for select using ({HOME} or {TOWN})", reverse_sql=f"{READ} for select using ({HOME})"
        ),
    ]
