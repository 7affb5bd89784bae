"""Who may read how long a list is, and the triggers that keep count of it.

Lines are only ever added, so that two who register in the same place never wait for each other.
"""

from django.db import migrations

from kimwerk.access.walls import wall

KEEPING = "'registration.keep', 'registration.check'"
REACH = (
    f"organisation_id = any((select walls.organisations({KEEPING}))::bigint[])"
    f" or walls.place(organisation_id, municipality_id) = any((select walls.places({KEEPING}))::bigint[])"
)

OPEN = """case when findings = '{}' then '{}'
      else array(select unnest(findings) except select unnest(accepted_findings) order by 1) end"""


def counted(table: str, sign: str) -> str:
    """The rows of a table that count, by what is open about them, and how much each counts."""
    return f"""
    select organisation_id, occasion_id, municipality_id, state, {OPEN} as findings, {sign}1 as rows
    from {table} where merged_into_id is null"""


COUNTING = f"""
create function arrivals_count_rows() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  if tg_op = 'INSERT' then
    insert into arrivals_listcount (organisation_id, occasion_id, municipality_id, state, findings, rows)
    select organisation_id, occasion_id, municipality_id, state, findings, sum(rows) from ({counted("new_rows", "")}) c
    group by 1, 2, 3, 4, 5;
  elsif tg_op = 'DELETE' then
    insert into arrivals_listcount (organisation_id, occasion_id, municipality_id, state, findings, rows)
    select organisation_id, occasion_id, municipality_id, state, findings, sum(rows) from ({counted("old_rows", "-")}) c
    group by 1, 2, 3, 4, 5;
  else
    insert into arrivals_listcount (organisation_id, occasion_id, municipality_id, state, findings, rows)
    select organisation_id, occasion_id, municipality_id, state, findings, sum(rows)
    from ({counted("new_rows", "")} union all {counted("old_rows", "-")}) c
    group by 1, 2, 3, 4, 5 having sum(rows) <> 0;
  end if;
  perform set_config('kimwerk.maintenance', before, true);
  return null;
end $$;
revoke all on function arrivals_count_rows() from public;
grant execute on function arrivals_count_rows() to kimwerk_app, kimwerk_owner;
create trigger count_insert after insert on arrivals_registration referencing new table as new_rows
  for each statement execute function arrivals_count_rows();
create trigger count_update after update on arrivals_registration
  referencing old table as old_rows new table as new_rows
  for each statement execute function arrivals_count_rows();
create trigger count_delete after delete on arrivals_registration referencing old table as old_rows
  for each statement execute function arrivals_count_rows();
"""
UNDO_COUNTING = """
drop trigger count_delete on arrivals_registration;
drop trigger count_update on arrivals_registration;
drop trigger count_insert on arrivals_registration;
drop function arrivals_count_rows();
"""
ADDING_UP = """
create function arrivals_add_up_counts() returns integer
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  taken integer;
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  with gone as (
    delete from arrivals_listcount c using (
      select occasion_id, municipality_id from arrivals_listcount group by 1, 2
      having count(*) > count(distinct (organisation_id, state, findings)) or bool_or(rows = 0)) due
    where c.occasion_id = due.occasion_id and c.municipality_id = due.municipality_id
    returning c.organisation_id, c.occasion_id, c.municipality_id, c.state, c.findings, c.rows
  ), kept as (
    insert into arrivals_listcount (organisation_id, occasion_id, municipality_id, state, findings, rows)
    select organisation_id, occasion_id, municipality_id, state, findings, sum(rows) from gone
    group by 1, 2, 3, 4, 5 having sum(rows) <> 0
  )
  select count(*) into taken from gone;
  perform set_config('kimwerk.maintenance', before, true);
  return taken;
end $$;
revoke all on function arrivals_add_up_counts() from public;
grant execute on function arrivals_add_up_counts() to kimwerk_app, kimwerk_owner;
"""
ANEW = f"""
create function arrivals_count_anew() returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  delete from arrivals_listcount;
  insert into arrivals_listcount (organisation_id, occasion_id, municipality_id, state, findings, rows)
  select organisation_id, occasion_id, municipality_id, state, findings, sum(rows)
  from ({counted("arrivals_registration", "")}) c group by 1, 2, 3, 4, 5;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
revoke all on function arrivals_count_anew() from public;
"""


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0017_list_counts")]
    operations = [
        wall("arrivals_listcount", read=REACH, write="false"),
        migrations.RunSQL(
            "revoke insert, update, delete on arrivals_listcount from kimwerk_app",
            reverse_sql="grant insert, update, delete on arrivals_listcount to kimwerk_app",
        ),
        migrations.RunSQL(COUNTING, reverse_sql=UNDO_COUNTING),
        migrations.RunSQL(ADDING_UP, reverse_sql="drop function arrivals_add_up_counts()"),
        migrations.RunSQL(ANEW, reverse_sql="drop function arrivals_count_anew()"),
        migrations.RunSQL("select arrivals_count_anew()", reverse_sql=migrations.RunSQL.noop),
    ]
