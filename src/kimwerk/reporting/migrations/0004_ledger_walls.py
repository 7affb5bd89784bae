"""Who reads and writes the ledger, and that what was published never changes."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


def within(permission: str) -> str:
    """The condition: the organisation is one in which the actor has this right throughout."""
    return f"organisation_id = any((select walls.organisations('{permission}'))::bigint[])"


EXACT = f"{within('report.read')} and {within('figure.read')}"
"""The ledger knows what was not printed, so it is for those who read exact figures."""

KEEP = """
create function reporting_keep_published() returns trigger language plpgsql as $$
begin
  if current_user = 'kimwerk_owner' and coalesce(current_setting('kimwerk.maintenance', true), '') = 'on'
     and tg_op <> 'TRUNCATE' then
    return null;
  end if;
  raise exception 'what was published never changes'
    using errcode = 'check_violation', constraint = 'published_never_changes';
end $$;
create trigger keep_published before update or delete or truncate on reporting_publishedtable
  for each statement execute function reporting_keep_published();
"""
RELEASE_KEEP = """
drop trigger keep_published on reporting_publishedtable;
drop function reporting_keep_published();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0003_ledger"), ("accounts", "0002_walls"), ("audit", "0001_log")]
    operations = [
        wall("reporting_publishedtable", read=EXACT, write=f"{EXACT} and {within('report.release')}"),
        migrations.RunSQL(KEEP, reverse_sql=RELEASE_KEEP),
        audited("reporting_publishedtable"),
    ]
