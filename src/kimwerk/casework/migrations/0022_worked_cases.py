"""Who works on which case is kept ready: the walls of what stands in a case ask one small table, and nothing else.

Every policy of a part of a case asked the case itself, whose own wall asked again where the actor works: two calls of
functions and nine small plans in each of the twenty questions of a page. `walls.worked` has a row for each case and
each membership under which somebody works on it, as the responsible case manager or as deputy, with the days on which
that holds. Triggers keep it with each change of a case and of the rights held (`walls.held`); whether today is such a
day is asked at each reading. The web role reads its own rows alone, by the view `walls.my_cases`.

Whoever opens or hands over a case waits for who changes the rights of the accounts concerned, and the other way round,
so that nobody counts from what another is about to change.
"""

from collections.abc import Callable

from django.db import migrations

from kimwerk.access.walls import wall_again

TABLE = """
create table walls.worked (case_id bigint not null, account_id bigint not null, valid daterange not null);
create index worked_of_account on walls.worked (account_id, case_id);
create index worked_of_case on walls.worked (case_id);
revoke all on walls.worked from public, kimwerk_app, kimwerk_audit;

create view walls.should_be_worked as
  select c.id as case_id, h.account_id, h.valid
  from public.casework_case c
  join walls.held h on h.account_id = c.responsible_id and h.organisation_id = c.organisation_id
  where 'case.work' = any(h.permissions)
  union all
  select c.id, h.account_id, h.valid * daterange(null, c.deputy_until, '[]')
  from public.casework_case c
  join walls.held h on h.account_id = c.deputy_id and h.organisation_id = c.organisation_id
  where 'case.work' = any(h.permissions);
revoke all on walls.should_be_worked from public, kimwerk_app, kimwerk_audit;

create view walls.my_cases with (security_barrier) as
  select w.case_id from walls.worked w where w.account_id = walls.actor() and w.valid @> walls.today();
revoke all on walls.my_cases from public;
grant select on walls.my_cases to kimwerk_app;

create function walls.keep_worked_of_cases(cases bigint[], accounts bigint[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('walls.held', 0));
  perform from public.accounts_account a where a.id = any(accounts) order by a.id for share;
  perform set_config('kimwerk.maintenance', 'on', true);
  delete from walls.worked w where w.case_id = any(cases);
  insert into walls.worked select s.* from walls.should_be_worked s where s.case_id = any(cases);
  perform set_config('kimwerk.maintenance', before, true);
end $$;
revoke all on function walls.keep_worked_of_cases(bigint[], bigint[]) from public;

create function walls.work_all() returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform pg_advisory_xact_lock(hashtextextended('walls.held', 0));
  perform set_config('kimwerk.maintenance', 'on', true);
  delete from walls.worked;
  insert into walls.worked select s.* from walls.should_be_worked s;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
revoke all on function walls.work_all() from public;

create function walls.keep_worked_of_new_cases() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform walls.keep_worked_of_cases(
    array(select n.id from new_rows n),
    array(select n.responsible_id from new_rows n union select n.deputy_id from new_rows n));
  return null;
end $$;
create function walls.keep_worked_of_case() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform walls.keep_worked_of_cases(array[old.id, new.id], array[new.responsible_id, new.deputy_id]);
  return null;
end $$;
create function walls.forget_worked() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  delete from walls.worked w where w.case_id in (select o.id from old_rows o);
  return null;
end $$;
create function walls.forget_all_worked() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  delete from walls.worked;
  return null;
end $$;
create function walls.keep_worked_of_accounts() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  accounts bigint[] := array(select distinct c.account_id from changed_rows c);
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  delete from walls.worked w where w.account_id = any(accounts);
  insert into walls.worked select s.* from walls.should_be_worked s where s.account_id = any(accounts);
  perform set_config('kimwerk.maintenance', before, true);
  return null;
end $$;
revoke all on function walls.keep_worked_of_new_cases(), walls.keep_worked_of_case(), walls.forget_worked(),
  walls.forget_all_worked(), walls.keep_worked_of_accounts() from public;

create trigger worked_insert after insert on casework_case referencing new table as new_rows
  for each statement execute function walls.keep_worked_of_new_cases();
create trigger worked_update after update on casework_case for each row
  when ((old.id, old.organisation_id, old.responsible_id, old.deputy_id, old.deputy_until)
    is distinct from (new.id, new.organisation_id, new.responsible_id, new.deputy_id, new.deputy_until))
  execute function walls.keep_worked_of_case();
create trigger worked_delete after delete on casework_case referencing old table as old_rows
  for each statement execute function walls.forget_worked();
create trigger worked_truncate after truncate on casework_case
  for each statement execute function walls.forget_all_worked();
create trigger worked_insert after insert on walls.held referencing new table as changed_rows
  for each statement execute function walls.keep_worked_of_accounts();
create trigger worked_delete after delete on walls.held referencing old table as changed_rows
  for each statement execute function walls.keep_worked_of_accounts();

select walls.work_all();
"""
UNDO_TABLE = """
drop trigger worked_delete on walls.held;
drop trigger worked_insert on walls.held;
drop trigger worked_truncate on casework_case;
drop trigger worked_delete on casework_case;
drop trigger worked_update on casework_case;
drop trigger worked_insert on casework_case;
drop function walls.keep_worked_of_accounts();
drop function walls.forget_all_worked();
drop function walls.forget_worked();
drop function walls.keep_worked_of_case();
drop function walls.keep_worked_of_new_cases();
drop function walls.work_all();
drop function walls.keep_worked_of_cases(bigint[], bigint[]);
drop view walls.my_cases;
drop view walls.should_be_worked;
drop table walls.worked;
"""
FUNCTIONS = """
create or replace function walls.kept_cases() returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return array(select m.case_id from walls.my_cases m);
end $$;
"""
UNDO_FUNCTIONS = """
create or replace function walls.kept_cases() returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
declare
  me bigint := walls.actor();
  homes bigint[] := walls.homes('case.work');
begin
  return coalesce((
    select array_agg(c.id) from public.casework_case c
    where c.organisation_id + 0 = any(homes)  -- so that no index of all cases of an organisation is read
      and (c.responsible_id = me or c.deputy_id = me and (c.deputy_until is null or c.deputy_until >= walls.today()))
  ), '{}');
end $$;
"""
ME = "(select walls.actor())"
OVERSEEN = "organisation_id = any((select walls.homes('case.oversee'))::bigint[])"
OF_OVERSEEN = f"case_id in (select c.id from casework_case c where c.{OVERSEEN})"
COUNTED = "organisation_id = any((select walls.homes('case.oversee', 'case.count'))::bigint[])"
LOOKED_INTO = "case_id = any((select walls.cases())::bigint[])"
WEB = "current_user <> 'kimwerk_owner'"
IN_A_CASE = (
    "casework_clarification",
    "casework_assessment",
    "casework_rating",
    "casework_goal",
    "casework_step",
    "casework_goalchange",
    "casework_agreement",
    "casework_note",
    "casework_deadline",
)


def _worked(table: str) -> str:
    return f"exists (select from walls.my_cases mine where mine.case_id = {table}.case_id)"


def _formerly_worked(table: str) -> str:
    return f"""exists (
        select from casework_case worked where worked.id = {table}.case_id
          and worked.organisation_id = any((select walls.homes('case.work'))::bigint[])
          and (worked.responsible_id = {ME}
            or worked.deputy_id = {ME} and (worked.deputy_until is null or worked.deputy_until >= walls.today())))"""


def _walls(worked: Callable[[str], str]) -> str:
    """The policies of all that stands in a case, by how it is said that somebody works on it."""
    parts = [wall_again(table, read=f"{worked(table)} or {LOOKED_INTO}", write=worked(table)) for table in IN_A_CASE]
    contact, event = "casework_casecontact", "casework_caseevent"
    insight, finding = "casework_insight", "casework_finding"
    return "".join(
        (
            *parts,
            wall_again(contact, read=f"{COUNTED} or {worked(contact)} or {LOOKED_INTO}", write=worked(contact)),
            f"""
            alter policy {finding}_read on {finding} using ({worked(finding)} or {LOOKED_INTO});
            alter policy {event}_read on {event} using ({worked(event)} or {LOOKED_INTO} or by_id = {ME});
            alter policy {event}_insert on {event} with check (by_id = {ME} and ({worked(event)} or {OF_OVERSEEN}));
            alter policy {insight}_read on {insight}
              using ({WEB} and (account_id = {ME} or {worked(insight)} or {OF_OVERSEEN}));
            alter policy {insight}_update on {insight} using (account_id = {ME} or {worked(insight)});
            """,
        )
    )


OF_DRAFTS = "account_id = (select walls.actor()) and "


class Migration(migrations.Migration):
    dependencies = [("casework", "0021_households_counted"), ("accounts", "0004_rights_held")]
    operations = [
        migrations.RunSQL(TABLE, reverse_sql=UNDO_TABLE),
        migrations.RunSQL(FUNCTIONS, reverse_sql=UNDO_FUNCTIONS),
        migrations.RunSQL(
            _walls(_worked) + wall_again("casework_draft", read=OF_DRAFTS + _worked("casework_draft")),
            reverse_sql=_walls(_formerly_worked)
            + wall_again("casework_draft", read=OF_DRAFTS + "case_id = any((select walls.kept_cases())::bigint[])"),
        ),
    ]
