"""Who may read an uploaded file, and how it is forgotten when its time is over.

Forgetting is the owner's work, since nobody acts when it is due; the web role may start it and
cannot choose what it takes.
"""

from django.db import migrations

from kimwerk.access.walls import wall

FORGETTING = """
create function activities_forget_uploads(days integer) returns integer
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  due bigint[];
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  select array_agg(id) into due from activities_tallyimport
    where cleared_at is null and moved_at < now() - make_interval(days => greatest(days, 1));
  if due is not null then
    delete from activities_tallychunk where tally_import_id = any(due);
    update activities_tallyrow set cells = '[]', draft = null, problems = '[]', corrections = '{}'
      where tally_import_id = any(due);
    update activities_tallyimport set sheets = '[]', cleared_at = now(),
      state = case when state in ('uploaded', 'mapping', 'checking', 'checked', 'applying') then 'cancelled'
              else state end
      where id = any(due);
    perform audit.note('act', 'tally.forgotten', 'activities_tallyimport', '', '{}', cardinality(due));
  end if;
  perform set_config('kimwerk.maintenance', before, true);
  return coalesce(cardinality(due), 0);
end $$;
revoke all on function activities_forget_uploads(integer) from public;
grant execute on function activities_forget_uploads(integer) to kimwerk_app, kimwerk_owner;

-- A row that stands for several like activities: the first one keeps the row's key, the others have one each.
create function activities_single_key(base text, number integer) returns text
language sql immutable parallel safe as $$
  select case when number = 1 then base
    else encode(sha256(convert_to(base || ':' || number, 'UTF8')), 'hex') end
$$;
alter table activities_tallychunk alter column content set storage external;
"""
UNDO_FORGETTING = """
drop function activities_single_key(text, integer);
drop function activities_forget_uploads(integer);
"""
ROWS_OF_IMPORTS = "tally_import_id = any((select coalesce(array_agg(id), '{}') from activities_tallyimport)::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("activities", "0008_tally_upload")]
    operations = [
        wall("activities_tallychunk", read=ROWS_OF_IMPORTS),
        migrations.RunSQL(FORGETTING, reverse_sql=UNDO_FORGETTING),
    ]
