"""What the walls ask about an actor is kept ready: who holds which rights where, one row for each membership.

Every policy asks which organisations an actor works at under a right, several times a page; joining memberships,
accounts and roles for it cost more than looking at the rows. Triggers keep `walls.held` with each change of the three.
The days of a membership are kept, not judged: whether it holds today is asked at each reading. An account that is not
active has no row. Nobody but the owner's functions reads or writes the table.

Whoever changes something about an account waits for others who do, so that each counts what the other left; a change
of the role table waits for all of them.
"""

from django.db import migrations

TABLE = """
create table walls.held (
  membership_id bigint primary key,
  account_id bigint not null,
  organisation_id bigint not null,
  municipality_id bigint,
  valid daterange not null,
  permissions text[] not null
);
create index held_of_account on walls.held (account_id);
alter table walls.held enable row level security;
revoke all on walls.held from public, kimwerk_app, kimwerk_audit;

create view walls.should_be_held as
  select m.id as membership_id, m.account_id, m.organisation_id, m.municipality_id, m.valid,
    array(select r.permission::text from public.accounts_roleright r where r.role = m.role order by 1) as permissions
  from public.accounts_membership m join public.accounts_account a on a.id = m.account_id and a.is_active;
revoke all on walls.should_be_held from public, kimwerk_app, kimwerk_audit;

create function walls.hold(accounts bigint[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('walls.held', 0));
  perform from public.accounts_account a where a.id = any(accounts) order by a.id for no key update;
  delete from walls.held h where h.account_id = any(accounts);
  insert into walls.held select s.* from walls.should_be_held s where s.account_id = any(accounts);
end $$;

create function walls.hold_all() returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('walls.held', 0));
  delete from walls.held;
  insert into walls.held select s.* from walls.should_be_held s;
end $$;
revoke all on function walls.hold(bigint[]), walls.hold_all() from public;

create function walls.keep_held() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  changed bigint[] := '{}';
begin
  if tg_op in ('UPDATE', 'DELETE') then
    changed := changed || array(select distinct o.account_id from old_rows o);
  end if;
  if tg_op in ('UPDATE', 'INSERT') then
    changed := changed || array(select distinct n.account_id from new_rows n);
  end if;
  perform walls.hold(changed);
  return null;
end $$;
create function walls.keep_held_of_account() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform walls.hold(array[new.id]);
  return null;
end $$;
create function walls.keep_all_held() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform walls.hold_all();
  return null;
end $$;
revoke all on function walls.keep_held(), walls.keep_held_of_account(), walls.keep_all_held() from public;

create trigger held_insert after insert on accounts_membership referencing new table as new_rows
  for each statement execute function walls.keep_held();
create trigger held_update after update on accounts_membership referencing old table as old_rows new table as new_rows
  for each statement execute function walls.keep_held();
create trigger held_delete after delete on accounts_membership referencing old table as old_rows
  for each statement execute function walls.keep_held();
create trigger held_truncate after truncate on accounts_membership
  for each statement execute function walls.keep_all_held();
create trigger held_activity after update on accounts_account for each row
  when (old.is_active is distinct from new.is_active) execute function walls.keep_held_of_account();
create trigger held_account after insert on accounts_account for each row
  when (new.is_active) execute function walls.keep_held_of_account();
create trigger held_truncate after truncate on accounts_account
  for each statement execute function walls.keep_all_held();
create trigger held_rights after insert or update or delete or truncate on accounts_roleright
  for each statement execute function walls.keep_all_held();
select walls.hold_all();
"""
UNDO_TABLE = """
drop trigger held_rights on accounts_roleright;
drop trigger held_truncate on accounts_account;
drop trigger held_account on accounts_account;
drop trigger held_activity on accounts_account;
drop trigger held_truncate on accounts_membership;
drop trigger held_delete on accounts_membership;
drop trigger held_update on accounts_membership;
drop trigger held_insert on accounts_membership;
drop function walls.keep_all_held();
drop function walls.keep_held_of_account();
drop function walls.keep_held();
drop function walls.hold_all();
drop function walls.hold(bigint[]);
drop view walls.should_be_held;
drop table walls.held;
"""
FUNCTIONS = """
create or replace function walls.organisations(variadic permissions text[]) returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return array(
    select distinct h.organisation_id from walls.held h
    where h.account_id = walls.actor() and h.permissions && $1 and h.municipality_id is null
      and h.valid @> walls.today());
end $$;

create or replace function walls.places(variadic permissions text[]) returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return array(
    select distinct walls.place(h.organisation_id, h.municipality_id) from walls.held h
    where h.account_id = walls.actor() and h.permissions && $1 and h.municipality_id is not null
      and h.valid @> walls.today());
end $$;

create or replace function walls.may(variadic permissions text[]) returns boolean
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return exists (
    select from walls.held h
    where h.account_id = walls.actor() and h.permissions && $1 and h.valid @> walls.today());
end $$;
"""
UNDO_FUNCTIONS = """
create or replace function walls.organisations(variadic permissions text[]) returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return coalesce((
    select array_agg(distinct m.organisation_id)
    from public.accounts_membership m
    join public.accounts_account a on a.id = m.account_id and a.is_active
    join public.accounts_roleright r on r.role = m.role
    where m.account_id = walls.actor() and r.permission = any(permissions)
      and m.municipality_id is null and m.valid @> walls.today()), '{}');
end $$;

create or replace function walls.places(variadic permissions text[]) returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return coalesce((
    select array_agg(distinct walls.place(m.organisation_id, m.municipality_id))
    from public.accounts_membership m
    join public.accounts_account a on a.id = m.account_id and a.is_active
    join public.accounts_roleright r on r.role = m.role
    where m.account_id = walls.actor() and r.permission = any(permissions)
      and m.municipality_id is not null and m.valid @> walls.today()), '{}');
end $$;

create or replace function walls.may(variadic permissions text[]) returns boolean
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return exists (
    select from public.accounts_membership m
    join public.accounts_account a on a.id = m.account_id and a.is_active
    join public.accounts_roleright r on r.role = m.role
    where m.account_id = walls.actor() and r.permission = any(permissions) and m.valid @> walls.today());
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_invitations_are_sent_addresses_are_lower_case")]
    operations = [
        migrations.RunSQL(TABLE, reverse_sql=UNDO_TABLE),
        migrations.RunSQL(FUNCTIONS, reverse_sql=UNDO_FUNCTIONS),
    ]
