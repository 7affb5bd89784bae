"""Who reads agreements, and who makes them; what was agreed is never changed."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

READ = "organisation_id = any((select walls.homes('event.read'))::bigint[])"
KEEP = "organisation_id = any((select walls.homes('event.manage'))::bigint[])"
KEPT = """
create function events_keep_agreement() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('kimwerk.maintenance', true), '') = 'on' then
    return coalesce(new, old);
  end if;
  raise exception 'an agreement is never changed'
    using errcode = 'check_violation', constraint = 'agreement_is_never_changed';
end $$;
create trigger keep_agreement before update or delete on events_agreement for each row
  execute function events_keep_agreement();
"""
NOT_KEPT = """
drop trigger keep_agreement on events_agreement;
drop function events_keep_agreement();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0003_agreements")]
    operations = [
        wall("events_agreement", read=READ, write=KEEP),
        migrations.RunSQL(KEPT, reverse_sql=NOT_KEPT),
        audited("events_agreement"),
    ]
