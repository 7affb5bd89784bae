"""Who may read an uploaded list, and how it is forgotten when its time is over."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

KEEPING = "'registration.keep', 'registration.check'"
IMPORT = (
    f"(uploaded_by_id = (select walls.actor()) and organisation_id = any((select walls.homes({KEEPING}))::bigint[]))"
    " or organisation_id = any((select walls.organisations('registration.check'))::bigint[])"
)
ROWS_OF_IMPORTS = "list_import_id = any((select coalesce(array_agg(id), '{}') from arrivals_listimport)::bigint[])"
FORGETTING = """
create function arrivals_forget_lists(days integer) returns integer
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  due bigint[];
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  select array_agg(id) into due from arrivals_listimport
    where cleared_at is null and moved_at < now() - make_interval(days => greatest(days, 1));
  if due is not null then
    delete from arrivals_listpiece where list_import_id = any(due);
    update arrivals_listrow set cells = '[]', draft = null, problems = '[]', corrections = '{}', match_keys = '{}'
      where list_import_id = any(due);
    update arrivals_listimport set sheets = '[]', cleared_at = now(),
      state = case when state in ('uploaded', 'mapping', 'checking', 'checked', 'applying') then 'cancelled'
              else state end
      where id = any(due);
    perform audit.note('act', 'list.forgotten', 'arrivals_listimport', '', '{}', cardinality(due));
  end if;
  perform set_config('kimwerk.maintenance', before, true);
  return coalesce(cardinality(due), 0);
end $$;
revoke all on function arrivals_forget_lists(integer) from public;
grant execute on function arrivals_forget_lists(integer) to kimwerk_app, kimwerk_owner;

-- With an occasion go the files that were brought in for it: their names and cells tell of people, too.
create function arrivals_erase_lists() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  delete from arrivals_listpiece p using arrivals_listimport i
    where i.id = p.list_import_id and i.occasion_id = new.occasion_id;
  delete from arrivals_listrow r using arrivals_listimport i
    where i.id = r.list_import_id and i.occasion_id = new.occasion_id;
  delete from arrivals_listimport i where i.occasion_id = new.occasion_id;
  return new;
end $$;
create trigger erase_lists after insert on arrivals_erasure for each row execute function arrivals_erase_lists();
alter table arrivals_listpiece alter column content set storage external;
"""
UNDO = """
drop trigger erase_lists on arrivals_erasure;
drop function arrivals_erase_lists();
drop function arrivals_forget_lists(integer);
"""


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0013_list_import")]
    operations = [
        wall("arrivals_listimport", read=IMPORT),
        wall("arrivals_listpiece", read=ROWS_OF_IMPORTS),
        wall("arrivals_listrow", read=ROWS_OF_IMPORTS),
        audited("arrivals_listimport"),
        migrations.RunSQL(FORGETTING, reverse_sql=UNDO),
    ]
