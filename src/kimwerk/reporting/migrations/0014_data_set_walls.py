"""Files for evaluation are their owner's alone, and are forgotten when their time is over.

Forgetting is the owner role's work, since nobody acts when it is due; the web role may start it and cannot choose
what it takes.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

FORGETTING = """
create function reporting_forget_data_sets() returns integer
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  gone integer;
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  delete from reporting_dataset where expires_on < (now() at time zone 'Europe/Berlin')::date;
  get diagnostics gone = row_count;
  if gone > 0 then
    perform audit.note('act', 'data_set.forgotten', 'reporting_dataset', '', '{}', gone);
  end if;
  perform set_config('kimwerk.maintenance', before, true);
  return gone;
end $$;
revoke all on function reporting_forget_data_sets() from public;
grant execute on function reporting_forget_data_sets() to kimwerk_app, kimwerk_owner;

"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0013_data_sets")]
    operations = [
        wall(
            "reporting_dataset",
            read="account_id = (select walls.actor()) and expires_on >= (now() at time zone 'Europe/Berlin')::date",
        ),
        migrations.RunSQL(FORGETTING, reverse_sql="drop function reporting_forget_data_sets()"),
        audited("reporting_dataset", is_named=False),
    ]
