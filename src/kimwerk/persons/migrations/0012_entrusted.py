"""Who is entrusted with which person is kept ready: the walls of a file ask one small table, and nothing else.

Every policy about a person asked `persons_care`, whose own wall asked again where the actor works. `walls.entrusted`
has a row for each entry of care and each membership that makes it count, with the days of the membership and the time
of the care; whether both hold now is asked at each reading. Triggers keep it with each change of care and of the rights
held (`walls.held`). The web role reads its own rows alone, by the views `walls.my_people` and `walls.my_kept_people`.

Whoever entrusts somebody waits for who changes the rights of the accounts concerned, and the other way round.
"""

from collections.abc import Callable

from django.db import migrations

from kimwerk.access.walls import wall_again
from kimwerk.persons.walls import formerly_in_care, formerly_kept, in_care, kept

TABLE = """
create table walls.entrusted (
  care_id bigint not null,
  person_id bigint not null,
  account_id bigint not null,
  valid daterange not null,
  begins_at timestamptz not null,
  ends_at timestamptz,
  may_keep boolean not null
);
create index entrusted_of_account on walls.entrusted (account_id, person_id);
create index entrusted_of_care on walls.entrusted (care_id);
revoke all on walls.entrusted from public, kimwerk_app, kimwerk_audit;

create view walls.should_be_entrusted as
  select c.id as care_id, c.person_id, c.account_id, h.valid, c.begins_at, c.ends_at,
    'person.keep' = any(h.permissions) as may_keep
  from public.persons_care c
  join walls.held h on h.account_id = c.account_id and h.organisation_id = c.organisation_id
  where h.permissions && array['person.keep', 'case.oversee'];
revoke all on walls.should_be_entrusted from public, kimwerk_app, kimwerk_audit;

create view walls.my_people with (security_barrier) as
  select e.person_id from walls.entrusted e
  where e.account_id = walls.actor() and e.valid @> walls.today() and e.begins_at <= statement_timestamp()
    and (e.ends_at is null or e.ends_at > statement_timestamp());
create view walls.my_kept_people with (security_barrier) as
  select e.person_id from walls.entrusted e
  where e.account_id = walls.actor() and e.valid @> walls.today() and e.begins_at <= statement_timestamp()
    and (e.ends_at is null or e.ends_at > statement_timestamp()) and e.may_keep;
revoke all on walls.my_people, walls.my_kept_people from public;
grant select on walls.my_people, walls.my_kept_people to kimwerk_app;

create function walls.keep_entrusted_of_care(cares bigint[], accounts bigint[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('walls.held', 0));
  perform from public.accounts_account a where a.id = any(accounts) order by a.id for share;
  perform set_config('kimwerk.maintenance', 'on', true);
  delete from walls.entrusted e where e.care_id = any(cares);
  insert into walls.entrusted select s.* from walls.should_be_entrusted s where s.care_id = any(cares);
  perform set_config('kimwerk.maintenance', before, true);
end $$;
revoke all on function walls.keep_entrusted_of_care(bigint[], bigint[]) from public;

create function walls.entrust_all() returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform pg_advisory_xact_lock(hashtextextended('walls.held', 0));
  perform set_config('kimwerk.maintenance', 'on', true);
  delete from walls.entrusted;
  insert into walls.entrusted select s.* from walls.should_be_entrusted s;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
revoke all on function walls.entrust_all() from public;

create function walls.keep_entrusted_of_new() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform walls.keep_entrusted_of_care(
    array(select n.id from new_rows n), array(select distinct n.account_id from new_rows n));
  return null;
end $$;
create function walls.keep_entrusted() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform walls.keep_entrusted_of_care(array[old.id, new.id], array[new.account_id]);
  return null;
end $$;
create function walls.forget_entrusted() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  delete from walls.entrusted e where e.care_id in (select o.id from old_rows o);
  return null;
end $$;
create function walls.forget_all_entrusted() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  delete from walls.entrusted;
  return null;
end $$;
create function walls.keep_entrusted_of_accounts() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  accounts bigint[] := array(select distinct c.account_id from changed_rows c);
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  delete from walls.entrusted e where e.account_id = any(accounts);
  insert into walls.entrusted select s.* from walls.should_be_entrusted s where s.account_id = any(accounts);
  perform set_config('kimwerk.maintenance', before, true);
  return null;
end $$;
revoke all on function walls.keep_entrusted_of_new(), walls.keep_entrusted(), walls.forget_entrusted(),
  walls.forget_all_entrusted(), walls.keep_entrusted_of_accounts() from public;

create trigger entrusted_insert after insert on persons_care referencing new table as new_rows
  for each statement execute function walls.keep_entrusted_of_new();
create trigger entrusted_update after update on persons_care for each row
  when ((old.id, old.person_id, old.organisation_id, old.account_id, old.begins_at, old.ends_at)
    is distinct from (new.id, new.person_id, new.organisation_id, new.account_id, new.begins_at, new.ends_at))
  execute function walls.keep_entrusted();
create trigger entrusted_delete after delete on persons_care referencing old table as old_rows
  for each statement execute function walls.forget_entrusted();
create trigger entrusted_truncate after truncate on persons_care
  for each statement execute function walls.forget_all_entrusted();
create trigger entrusted_insert after insert on walls.held referencing new table as changed_rows
  for each statement execute function walls.keep_entrusted_of_accounts();
create trigger entrusted_delete after delete on walls.held referencing old table as changed_rows
  for each statement execute function walls.keep_entrusted_of_accounts();
select walls.entrust_all();
"""
UNDO_TABLE = """
drop trigger entrusted_delete on walls.held;
drop trigger entrusted_insert on walls.held;
drop trigger entrusted_truncate on persons_care;
drop trigger entrusted_delete on persons_care;
drop trigger entrusted_update on persons_care;
drop trigger entrusted_insert on persons_care;
drop function walls.keep_entrusted_of_accounts();
drop function walls.forget_all_entrusted();
drop function walls.forget_entrusted();
drop function walls.keep_entrusted();
drop function walls.keep_entrusted_of_new();
drop function walls.entrust_all();
drop function walls.keep_entrusted_of_care(bigint[], bigint[]);
drop view walls.my_kept_people;
drop view walls.my_people;
drop view walls.should_be_entrusted;
drop table walls.entrusted;
"""
PARTS = (
    "persons_personname",
    "persons_nametoken",
    "persons_nationality",
    "persons_language",
    "persons_householdmember",
    "persons_identitydocument",
    "persons_residencestatus",
    "vault_personkey",
)


def _walls(in_care: Callable[[str], str], kept: Callable[[str], str]) -> str:
    columns = {"persons_person": "persons_person.id"} | {table: f"{table}.person_id" for table in PARTS}
    return "".join(wall_again(table, read=in_care(column), write=kept(column)) for table, column in columns.items())


class Migration(migrations.Migration):
    dependencies = [("persons", "0011_homes_as_held"), ("accounts", "0004_rights_held")]
    operations = [
        migrations.RunSQL(TABLE, reverse_sql=UNDO_TABLE),
        migrations.RunSQL(_walls(in_care, kept), reverse_sql=_walls(formerly_in_care, formerly_kept)),
    ]
