"""Who may open whose file: the database asks `persons_care`, and nothing else.

`kimwerk.persons.walls` says the condition that every room puts before its tables about people. A person
comes into being through `walls.admit_person`, which entrusts whoever registers them in the same breath;
the row of the person follows (its keys are checked when the transaction ends).
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited
from kimwerk.persons.walls import formerly_in_care, formerly_kept

FUNCTIONS = """
-- The organisations at which the actor works under one of the rights.
create function walls.homes(variadic permissions text[]) returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return coalesce((
    select array_agg(distinct m.organisation_id)
    from public.accounts_membership m
    join public.accounts_account a on a.id = m.account_id and a.is_active
    join public.accounts_roleright r on r.role = m.role
    where m.account_id = walls.actor() and r.permission = any(permissions) and m.valid @> walls.today()), '{}');
end $$;

create function walls.cared_for(is_lasting boolean, variadic permissions text[]) returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
declare
  homes bigint[] := walls.homes(variadic permissions);
begin
  return coalesce((
    select array_agg(distinct c.person_id)
    from public.persons_care c
    where c.account_id = walls.actor() and c.organisation_id = any(homes) and c.begins_at <= statement_timestamp()
      and (c.ends_at is null or (not is_lasting and c.ends_at > statement_timestamp()))), '{}');
end $$;

-- The files that the actor may open now.
create function walls.persons() returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return walls.cared_for(false, 'person.keep', 'case.oversee');
end $$;

-- Those of them that the actor may also change: breaking the glass opens a file for reading only.
create function walls.kept_persons() returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return walls.cared_for(false, 'person.keep');
end $$;

-- Those that the actor may entrust to others: whoever was entrusted for a time cannot pass it on.
create function walls.lasting_persons() returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return walls.cared_for(true, 'person.keep');
end $$;

create function walls.admit_person(organisation bigint) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  me bigint := walls.actor();
  person bigint;
begin
  if not exists (
    select from public.accounts_membership m
    join public.accounts_account a on a.id = m.account_id and a.is_active
    join public.accounts_roleright r on r.role = m.role
    where m.account_id = me and m.organisation_id = organisation and r.permission = 'person.keep'
      and m.valid @> walls.today()) then
    raise exception 'the actor registers nobody at this organisation' using errcode = 'insufficient_privilege';
  end if;
  person := nextval(pg_get_serial_sequence('public.persons_person', 'id'));
  insert into public.persons_care (person_id, organisation_id, account_id, reason, case_key, begins_at, granted_by_id)
  values (person, organisation, me, 'registered', '', statement_timestamp(), me);
  return person;
end $$;
"""
UNDO_FUNCTIONS = """
drop function walls.admit_person(bigint);
drop function walls.lasting_persons();
drop function walls.kept_persons();
drop function walls.persons();
drop function walls.cared_for(boolean, text[]);
drop function walls.homes(text[]);
"""
CARE = """
alter table persons_care add constraint care_is_at_the_controller foreign key (person_id, organisation_id)
  references persons_person (id, organisation_id) deferrable initially deferred;
alter table persons_care enable row level security;
alter table persons_care force row level security;
create policy persons_care_read on persons_care for select to kimwerk_app using (
  account_id = (select walls.actor())
  or person_id = any((select walls.persons())::bigint[])
  or organisation_id = any((select walls.organisations('case.oversee'))::bigint[]));
create policy persons_care_insert on persons_care for insert to kimwerk_app with check (
  granted_by_id = (select walls.actor()) and (
    person_id = any((select walls.lasting_persons())::bigint[])
    or organisation_id = any((select walls.organisations('case.oversee'))::bigint[])
      and (account_id <> (select walls.actor()) or reason = 'break_glass')));
create policy persons_care_update on persons_care for update to kimwerk_app using (
  account_id = (select walls.actor())
  or person_id = any((select walls.lasting_persons())::bigint[])
  or organisation_id = any((select walls.organisations('case.oversee'))::bigint[]));
create policy persons_care_own on persons_care for select to kimwerk_owner using (account_id = (select walls.actor()));
create policy persons_care_admit on persons_care for insert to kimwerk_owner with check (
  reason = 'registered' and account_id = (select walls.actor()) and granted_by_id = account_id);
create policy persons_care_maintenance on persons_care to kimwerk_owner
  using (current_setting('kimwerk.maintenance', true) = 'on')
  with check (current_setting('kimwerk.maintenance', true) = 'on');

create function persons_keep_care() returns trigger language plpgsql as $$
begin
  if (old.person_id, old.organisation_id, old.account_id, old.reason, old.case_key, old.begins_at, old.granted_by_id)
     is distinct from
     (new.person_id, new.organisation_id, new.account_id, new.reason, new.case_key, new.begins_at, new.granted_by_id)
     or (old.ends_at is not null and (new.ends_at is null or new.ends_at > old.ends_at)) then
    raise exception 'care is ended, never changed or prolonged'
      using errcode = 'check_violation', constraint = 'care_is_only_ended';
  end if;
  return new;
end $$;
create trigger keep_care before update on persons_care for each row execute function persons_keep_care();
"""
UNDO_CARE = """
drop trigger keep_care on persons_care;
drop function persons_keep_care();
drop policy persons_care_maintenance on persons_care;
drop policy persons_care_admit on persons_care;
drop policy persons_care_own on persons_care;
drop policy persons_care_update on persons_care;
drop policy persons_care_insert on persons_care;
drop policy persons_care_read on persons_care;
alter table persons_care no force row level security;
alter table persons_care disable row level security;
alter table persons_care drop constraint care_is_at_the_controller;
"""
HISTORY = """
create function persons_keep_controller() returns trigger language plpgsql as $$
begin
  raise exception 'a person stays with their controller'
    using errcode = 'check_violation', constraint = 'person_stays_with_controller';
end $$;
create trigger keep_controller before update of organisation_id on persons_person for each row
  when (old.organisation_id is distinct from new.organisation_id) execute function persons_keep_controller();

create function persons_keep_residence() returns trigger language plpgsql as $$
declare
  may_change constant text[] := '{withdrawn_at,withdrawn_by_id,document_id}';
begin
  if tg_op = 'DELETE' then
    if exists (select from persons_person p where p.id = old.person_id and p.erased_at is not null) then
      return old;
    end if;
  elsif (old.withdrawn_at is null or new.withdrawn_at = old.withdrawn_at)
     and (to_jsonb(old) - may_change) = (to_jsonb(new) - may_change) then
    return new;
  end if;
  raise exception 'the history of residence is added to, never changed'
    using errcode = 'check_violation', constraint = 'residence_is_never_overwritten';
end $$;
create trigger keep_residence before update or delete on persons_residencestatus for each row
  execute function persons_keep_residence();
"""
UNDO_HISTORY = """
drop trigger keep_residence on persons_residencestatus;
drop function persons_keep_residence();
drop trigger keep_controller on persons_person;
drop function persons_keep_controller();
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
UNRECORDED = "persons_nametoken"  # follows from the names, whose changes are recorded


class Migration(migrations.Migration):
    dependencies = [("persons", "0001_initial"), ("accounts", "0002_walls"), ("directory", "0002_walls")]
    operations = [
        migrations.RunSQL(FUNCTIONS, reverse_sql=UNDO_FUNCTIONS),
        migrations.RunSQL(CARE, reverse_sql=UNDO_CARE),
        migrations.RunSQL(HISTORY, reverse_sql=UNDO_HISTORY),
        wall("persons_person", read=formerly_in_care("persons_person.id"), write=formerly_kept("persons_person.id")),
        *(
            wall(table, read=formerly_in_care(f"{table}.person_id"), write=formerly_kept(f"{table}.person_id"))
            for table in PARTS
        ),
        audited("persons_care"),
        audited("persons_person"),
        *(audited(table) for table in PARTS if table != UNRECORDED),
    ]
