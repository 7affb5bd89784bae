"""Everybody reads the papers of what is public, and nobody changes them."""

from django.db import migrations

from kimwerk.access.walls import rights_from_view, wall
from kimwerk.audit.triggers import audited


def within(permission: str) -> str:
    """The condition: the organisation is one in which the actor has this right throughout."""
    return f"organisation_id = any((select walls.organisations('{permission}'))::bigint[])"


def of_publications(condition: str) -> str:
    return (
        "publication_id = any((select coalesce(array_agg(id), '{}') from reporting_publication"
        f" where {condition})::bigint[])"
    )


READING = within("report.read")
KEEP = """
create trigger keep_public before update or delete or truncate on reporting_publicpaper
  for each statement execute function reporting_keep_public();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0018_public_papers")]
    operations = [
        wall(
            "reporting_publicpaper",
            read=of_publications(f"state = 'public' or {READING}"),
            write=of_publications(f"{READING} and {within('report.release')}"),
        ),
        migrations.RunSQL(KEEP, reverse_sql="drop trigger keep_public on reporting_publicpaper;"),
        audited("reporting_publicpaper"),
        rights_from_view(r"reporting\_publicpaper"),
    ]
