"""Who may read and write which case, and that a closed one stays as it was.

A case is open to whoever is responsible for it, to the deputy, and for a while to whoever broke the
glass or draws a quality sample. The row of a case, which holds no content, is also open to the
coordination and to those who count. The functions read cases and insights as the owner, whom two
policies let see the actor's own rows and no more. The owner is a member of the web role, so the other
policies of these two tables say that they are not for it; else they would ask themselves without end.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

FUNCTIONS = """
-- The cases that the actor works on: these may be written to.
create function walls.kept_cases() returns bigint[]
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

-- The cases whose content the actor may read now.
create function walls.cases() returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
declare
  me bigint := walls.actor();
begin
  if walls.homes('case.oversee') = '{}' then
    return walls.kept_cases();
  end if;
  return walls.kept_cases() || coalesce((
    select array_agg(i.case_id) from public.casework_insight i
    where i.account_id = me and i.begins_at <= statement_timestamp() and i.ends_at > statement_timestamp()), '{}');
end $$;
"""
UNDO_FUNCTIONS = """
drop function walls.cases();
drop function walls.kept_cases();
"""
OVERSEEN = "organisation_id = any((select walls.homes('case.oversee'))::bigint[])"
WORKED = "organisation_id = any((select walls.homes('case.work'))::bigint[])"
COUNTED = "organisation_id = any((select walls.homes('case.oversee', 'case.count'))::bigint[])"
ME = "(select walls.actor())"
WORKED_ON = f"""exists (
    select from casework_case worked where worked.id = case_id
      and worked.organisation_id = any((select walls.homes('case.work'))::bigint[])
      and (worked.responsible_id = {ME}
        or worked.deputy_id = {ME} and (worked.deputy_until is null or worked.deputy_until >= walls.today())))"""
READ = f"({WORKED_ON} or case_id = any((select walls.cases())::bigint[]))"
WRITE = WORKED_ON
OF_OVERSEEN = f"case_id in (select c.id from casework_case c where c.{OVERSEEN})"
WEB = "current_user <> 'kimwerk_owner'"

CASES = f"""
alter table casework_case add constraint case_is_at_the_controller foreign key (person_id, organisation_id)
  references persons_person (id, organisation_id) deferrable initially deferred;
alter table casework_case enable row level security;
alter table casework_case force row level security;
create policy casework_case_read on casework_case for select to kimwerk_app using (
  {WEB} and ((responsible_id = {ME} and {WORKED}) or {COUNTED} or id = any((select walls.cases())::bigint[])));
create policy casework_case_insert on casework_case for insert to kimwerk_app with check (
  responsible_id = {ME} and opened_by_id = {ME} and {WORKED});
create policy casework_case_update on casework_case for update to kimwerk_app
  using ((responsible_id = {ME} and {WORKED}) or {OVERSEEN} or id = any((select walls.kept_cases())::bigint[]))
  with check ({WORKED} or {OVERSEEN});
create policy casework_case_own on casework_case for select to kimwerk_owner
  using (responsible_id = {ME} or deputy_id = {ME});
create policy casework_case_maintenance on casework_case to kimwerk_owner
  using (current_setting('kimwerk.maintenance', true) = 'on')
  with check (current_setting('kimwerk.maintenance', true) = 'on');

alter table casework_insight enable row level security;
alter table casework_insight force row level security;
create policy casework_insight_read on casework_insight for select to kimwerk_app using (
  {WEB} and (account_id = {ME} or {WRITE} or {OF_OVERSEEN}));
create policy casework_insight_insert on casework_insight for insert to kimwerk_app with check (
  account_id = {ME} and {OF_OVERSEEN});
create policy casework_insight_update on casework_insight for update to kimwerk_app
  using (account_id = {ME} or {WRITE});
create policy casework_insight_own on casework_insight for select to kimwerk_owner using (account_id = {ME});
create policy casework_insight_maintenance on casework_insight to kimwerk_owner
  using (current_setting('kimwerk.maintenance', true) = 'on')
  with check (current_setting('kimwerk.maintenance', true) = 'on');

alter table casework_caseevent enable row level security;
alter table casework_caseevent force row level security;
create policy casework_caseevent_read on casework_caseevent for select to kimwerk_app using (
  {READ} or by_id = {ME});
create policy casework_caseevent_insert on casework_caseevent for insert to kimwerk_app with check (
  by_id = {ME} and ({WRITE} or {OF_OVERSEEN}));
create policy casework_caseevent_maintenance on casework_caseevent to kimwerk_owner
  using (current_setting('kimwerk.maintenance', true) = 'on')
  with check (current_setting('kimwerk.maintenance', true) = 'on');
"""
UNDO_CASES = """
drop policy casework_caseevent_maintenance on casework_caseevent;
drop policy casework_caseevent_insert on casework_caseevent;
drop policy casework_caseevent_read on casework_caseevent;
alter table casework_caseevent no force row level security;
alter table casework_caseevent disable row level security;
drop policy casework_insight_maintenance on casework_insight;
drop policy casework_insight_own on casework_insight;
drop policy casework_insight_update on casework_insight;
drop policy casework_insight_insert on casework_insight;
drop policy casework_insight_read on casework_insight;
alter table casework_insight no force row level security;
alter table casework_insight disable row level security;
drop policy casework_case_maintenance on casework_case;
drop policy casework_case_own on casework_case;
drop policy casework_case_update on casework_case;
drop policy casework_case_insert on casework_case;
drop policy casework_case_read on casework_case;
alter table casework_case no force row level security;
alter table casework_case disable row level security;
alter table casework_case drop constraint case_is_at_the_controller;
"""

# The erasure run of the owner passes; the web role cannot declare itself to be that.
NOT_ERASING = (
    "not (current_user = 'kimwerk_owner' and coalesce(current_setting('kimwerk.maintenance', true), '') = 'on')"
)
CLOSED = f"""
-- Whoever may write to a part of a case sees the row of the case; the lock makes a closing wait for the writing.
create function casework_refuse_closed() returns trigger language plpgsql as $$
begin
  if exists (
    select from casework_case c where c.state = 'closed'
      and c.id = case when tg_op = 'INSERT' then new.case_id else old.case_id end for share
  ) then
    raise exception 'a closed case is not written to'
      using errcode = 'check_violation', constraint = 'case_closed_is_not_written_to';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;

create function casework_keep_case() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a case is closed, never deleted'
      using errcode = 'check_violation', constraint = 'case_is_never_deleted';
  end if;
  if (old.organisation_id, old.number, old.person_id) is distinct from
     (new.organisation_id, new.number, new.person_id) then
    raise exception 'a case keeps its person and its number'
      using errcode = 'check_violation', constraint = 'case_keeps_its_person';
  end if;
  if old.state = 'closed' and new.state = 'closed' then
    raise exception 'a closed case is not written to'
      using errcode = 'check_violation', constraint = 'case_closed_is_not_written_to';
  end if;
  return new;
end $$;
create trigger keep_case before update or delete on casework_case for each row
  when ({NOT_ERASING}) execute function casework_keep_case();

create function casework_keep_history() returns trigger language plpgsql as $$
begin
  raise exception 'the history of a case is added to, never changed'
    using errcode = 'check_violation', constraint = 'case_history_is_only_added_to';
end $$;
create trigger keep_history before update or delete on casework_caseevent for each row
  when ({NOT_ERASING}) execute function casework_keep_history();
create trigger keep_history before update or delete on casework_goalchange for each row
  when ({NOT_ERASING}) execute function casework_keep_history();

create function casework_keep_insight() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or new.ends_at > old.ends_at or old.seen_at is not null and new.seen_at is null or
     (old.case_id, old.account_id, old.kind, old.reason, old.begins_at) is distinct from
     (new.case_id, new.account_id, new.kind, new.reason, new.begins_at) then
    raise exception 'an insight is ended and seen, never changed or prolonged'
      using errcode = 'check_violation', constraint = 'insight_is_only_ended';
  end if;
  return new;
end $$;
create trigger keep_insight before update or delete on casework_insight for each row
  when ({NOT_ERASING}) execute function casework_keep_insight();

create function casework_keep_agreement() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.signed_on is not null or
     (old.case_id, old.number, old.language, old.agreed_on, old.content, old.content_hash, old.made_at, old.made_by_id)
     is distinct from
     (new.case_id, new.number, new.language, new.agreed_on, new.content, new.content_hash, new.made_at, new.made_by_id)
  then
    raise exception 'a plan is signed once, and never changed'
      using errcode = 'check_violation', constraint = 'agreement_is_never_changed';
  end if;
  return new;
end $$;
create trigger keep_agreement before update or delete on casework_agreement for each row
  when ({NOT_ERASING}) execute function casework_keep_agreement();
"""
UNDO_CLOSED = """
drop trigger keep_agreement on casework_agreement;
drop function casework_keep_agreement();
drop trigger keep_insight on casework_insight;
drop function casework_keep_insight();
drop trigger keep_history on casework_goalchange;
drop trigger keep_history on casework_caseevent;
drop function casework_keep_history();
drop trigger keep_case on casework_case;
drop function casework_keep_case();
drop function casework_refuse_closed();
"""
CONTENT = (
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


def closed_protects(table: str) -> migrations.RunSQL:
    """A migration's operation: rows of a closed case in this table (column `case_id`) are not written to."""
    return migrations.RunSQL(
        f"create trigger refuse_closed before insert or update or delete on {table} for each row"
        f" when ({NOT_ERASING}) execute function casework_refuse_closed();",
        reverse_sql=f"drop trigger refuse_closed on {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0001_initial"),
        ("persons", "0002_walls"),
        ("activities", "0011_fewer_indexes"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, reverse_sql=UNDO_FUNCTIONS),
        migrations.RunSQL(CASES, reverse_sql=UNDO_CASES),
        migrations.RunSQL(CLOSED, reverse_sql=UNDO_CLOSED),
        *(wall(table, read=READ, write=WRITE) for table in CONTENT),
        wall("casework_casecontact", read=f"{COUNTED} or {READ}", write=WRITE),
        wall(
            "casework_finding",
            read=READ,
            write=f"insight_id in (select i.id from casework_insight i where i.account_id = {ME})",
        ),
        wall("casework_casecounter", read=WORKED),
        wall("casework_admissionrule", read=f"{WORKED} or {COUNTED}", write=OVERSEEN),
        wall("casework_caseworksettings", read=f"{WORKED} or {COUNTED}", write=OVERSEEN),
        *(closed_protects(table) for table in (*CONTENT, "casework_casecontact")),
        *(
            audited(table)
            for table in (
                *CONTENT,
                "casework_admissionrule",
                "casework_case",
                "casework_caseevent",
                "casework_caseworksettings",
                "casework_choice",
                "casework_casecontact",
                "casework_finding",
                "casework_insight",
            )
        ),
    ]
