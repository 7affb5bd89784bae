"""Contacts are counted ahead of the question, and a month bears a mark from the moment something in it changes.

Marks are set in the transaction of the change: of a contact, of its diary entry's day or removal, of what is
told of its case. Nobody writes counts by hand: the function counts as the owner, whoever calls it. Counts
may be read by those who may count both the cases and the diary entries of an organisation.
"""

from django.db import migrations

from kimwerk.access.walls import wall

COUNTABLE = (
    "organisation_id = any((select walls.homes('case.oversee', 'case.count'))::bigint[])"
    " and organisation_id = any((select walls.organisations('figure.read', 'activity.read'))::bigint[])"
)
MARKED = "insert into casework_stalecontacts (organisation_id, month)"
BEGIN = """
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
"""
END = """
  perform set_config('kimwerk.maintenance', before, true);
  return null;
end $$;
"""
DEFINER = "language plpgsql security definer set search_path = pg_catalog, public"
MARKING = f"""
create function casework_mark_contacts() returns trigger {DEFINER} as $$
{BEGIN}
  if tg_op <> 'DELETE' then
    if exists (
      select from new_rows k join activities_activity a on a.id = k.activity_id
      where a.organisation_id <> k.organisation_id
    ) then
      raise exception 'a contact stands in the diary of its own organisation'
        using errcode = 'check_violation', constraint = 'contact_stands_in_its_own_diary';
    end if;
    {MARKED}
    select distinct k.organisation_id, date_trunc('month', a.day)::date
    from new_rows k join activities_activity a on a.id = k.activity_id;
  end if;
  if tg_op <> 'INSERT' then
    {MARKED}
    select distinct k.organisation_id, date_trunc('month', a.day)::date
    from old_rows k join activities_activity a on a.id = k.activity_id;
  end if;
{END}
create function casework_mark_entries() returns trigger {DEFINER} as $$
{BEGIN}
  if exists (
    select from old_rows o join new_rows n using (id)
    where (o.organisation_id, o.day, o.removed_at is null)
      is distinct from (n.organisation_id, n.day, n.removed_at is null)
  ) then
    if exists (
      select from old_rows o join new_rows n using (id) join casework_casecontact k on k.activity_id = o.id
      where n.organisation_id <> o.organisation_id
    ) then
      raise exception 'a contact stands in the diary of its own organisation'
        using errcode = 'check_violation', constraint = 'contact_stands_in_its_own_diary';
    end if;
    {MARKED}
    select k.organisation_id, date_trunc('month', e.day)::date
    from (select id, day from old_rows union select id, day from new_rows) e
    join casework_casecontact k on k.activity_id = e.id group by 1, 2;
  end if;
{END}
create function casework_mark_cases() returns trigger {DEFINER} as $$
{BEGIN}
  if exists (
    select from old_rows o join new_rows n using (id)
    where (o.kind, o.municipality_id, o.access_path_id) is distinct from (n.kind, n.municipality_id, n.access_path_id)
  ) then
    {MARKED}
    select k.organisation_id, date_trunc('month', a.day)::date
    from old_rows o join casework_casecontact k on k.case_id = o.id join activities_activity a on a.id = k.activity_id
    group by 1, 2;
  end if;
{END}
revoke all on function casework_mark_contacts(), casework_mark_entries(), casework_mark_cases() from public;
grant execute on function casework_mark_contacts(), casework_mark_entries(), casework_mark_cases() to kimwerk_app;
create trigger stale_insert after insert on casework_casecontact referencing new table as new_rows
  for each statement execute function casework_mark_contacts();
create trigger stale_update after update on casework_casecontact
  referencing old table as old_rows new table as new_rows
  for each statement execute function casework_mark_contacts();
create trigger stale_delete after delete on casework_casecontact referencing old table as old_rows
  for each statement execute function casework_mark_contacts();
create trigger stale_contacts after update on activities_activity
  referencing old table as old_rows new table as new_rows
  for each statement execute function casework_mark_entries();
create trigger stale_contacts after update on casework_case
  referencing old table as old_rows new table as new_rows
  for each statement execute function casework_mark_cases();
"""
UNDO_MARKING = """
drop trigger stale_contacts on casework_case;
drop trigger stale_contacts on activities_activity;
drop trigger stale_delete on casework_casecontact;
drop trigger stale_update on casework_casecontact;
drop trigger stale_insert on casework_casecontact;
drop function casework_mark_contacts(), casework_mark_entries(), casework_mark_cases();
"""
COUNTING = """
create function casework_count_contacts(most integer) returns integer
language plpgsql security definer set search_path = pg_catalog, public
set work_mem = '64MB' as $$
declare
  marks bigint[];
  organisations bigint[];
  months date[];
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  if not pg_try_advisory_xact_lock(hashtext('casework_count_contacts')) then
    return 0;
  end if;
  perform set_config('kimwerk.maintenance', 'on', true);
  select array_agg(organisation_id), array_agg(month) into organisations, months from (
    select distinct organisation_id, month from casework_stalecontacts order by 1, 2 limit most) chosen;
  if organisations is null then
    perform set_config('kimwerk.maintenance', before, true);
    return 0;
  end if;
  select array_agg(s.id) into marks from casework_stalecontacts s
  join unnest(organisations, months) as c(organisation_id, month) using (organisation_id, month);
  delete from casework_countedcontacts m using unnest(organisations, months) as c(organisation_id, month)
  where m.organisation_id = c.organisation_id and m.month = c.month;
  with rows as materialized (
    select c.organisation_id, c.month, a.id as place, a.day, f.kind, f.municipality_id, f.access_path_id
    from unnest(organisations, months) as c(organisation_id, month)
    cross join lateral (
      select x.id, extract(day from x.day)::bigint as day from activities_activity x
      where x.organisation_id = c.organisation_id and x.day >= c.month
        and x.day < (c.month + interval '1 month')::date and x.removed_at is null offset 0) a
    join casework_casecontact k on k.activity_id = a.id
    join casework_case f on f.id = k.case_id
  )
  insert into casework_countedcontacts (organisation_id, month, kind, contacts, days, municipalities, access_paths)
  select organisation_id, month, kind, count(*), activities_packed(array_agg(day order by place)),
    activities_packed(array_agg(municipality_id order by place)),
    activities_packed(array_agg(access_path_id order by place))
  from rows group by 1, 2, 3
  union all select organisation_id, month, '', 0, '', '', ''
  from unnest(organisations, months) as c(organisation_id, month);
  delete from casework_stalecontacts where id = any(marks);
  perform set_config('kimwerk.maintenance', before, true);
  return cardinality(organisations);
end $$;
revoke all on function casework_count_contacts(integer) from public;
grant execute on function casework_count_contacts(integer) to kimwerk_app;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0018_counted_contacts"), ("activities", "0014_columns_ahead")]
    operations = [
        wall("casework_countedcontacts", read=COUNTABLE, write="false"),
        wall("casework_stalecontacts", read=COUNTABLE, write="false"),
        migrations.RunSQL(MARKING, reverse_sql=UNDO_MARKING),
        migrations.RunSQL(COUNTING, reverse_sql="drop function casework_count_contacts(integer)"),
    ]
