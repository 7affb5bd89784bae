"""A page that only shows something need not wait until the disk has its line in the log; whatever changes must.

The request says that it wants only to read (`synchronous_commit` off). An entry of any other kind takes that back.
"""

from django.db import migrations

WAITING = """
set local role kimwerk_audit;
create or replace function audit.stamp() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.digest := audit.digest_of(new);
  if new.kind <> 'read' and current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'on', true);
  end if;
  return new;
end $$;
reset role;
"""
NOT_WAITING = """
set local role kimwerk_audit;
create or replace function audit.stamp() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.digest := audit.digest_of(new);
  return new;
end $$;
reset role;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_own_reads")]
    operations = [migrations.RunSQL(WAITING, reverse_sql=NOT_WAITING)]
