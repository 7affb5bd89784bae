"""All that stands in a case asks one kept table who may look into it and who may write.

`walls.worked` told who works on a case; who looks into one for oversight was still asked of a function, in a second
part of every condition, and referrals gathered all cases of the actor for each question. `walls.admitted` has a row for
each case and each membership by which somebody works on it or, without `may_keep`, looks into it, with the instants
between which that holds: turning now into a day took half of what a row cost. An insight counts while its holder
oversees the organisation whose case it is. Triggers keep the table with each change of a case, of an insight and of
the rights held. The web role reads its own rows alone, by `walls.my_cases` and, where it may write,
`walls.my_kept_cases`.

Whoever opens or hands over a case, or takes an insight, waits for who changes the rights of the accounts concerned,
and the other way round.
"""

from importlib import import_module

from django.db import migrations

from kimwerk.access.walls import wall_again
from kimwerk.casework.walls import each_looked_into, kept, looked_into

referrals = import_module("kimwerk.casework.migrations.0011_referral_walls")
worked = import_module("kimwerk.casework.migrations.0022_worked_cases")

LEAVE_WORKED = """
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
drop view walls.should_be_worked;
"""
TABLE = """
create table walls.admitted (
  case_id bigint not null,
  account_id bigint not null,
  begins_at timestamptz not null,
  ends_at timestamptz not null,
  may_keep boolean not null
);
create index admitted_of_account on walls.admitted (account_id, case_id) include (begins_at, ends_at, may_keep);
create index admitted_of_case on walls.admitted (case_id);
revoke all on walls.admitted from public, kimwerk_app, kimwerk_audit;

create view walls.should_be_admitted as
  select s.* from (
    select c.id as case_id, h.account_id,
      coalesce(walls.begin_of(lower(h.valid)), '-infinity') as begins_at,
      coalesce(walls.begin_of(upper(h.valid)), 'infinity') as ends_at,
      true as may_keep
    from public.casework_case c
    join walls.held h on h.account_id = c.responsible_id and h.organisation_id = c.organisation_id
    where 'case.work' = any(h.permissions) and not isempty(h.valid)
    union all
    select c.id, h.account_id,
      coalesce(walls.begin_of(lower(h.valid)), '-infinity'),
      least(walls.begin_of(upper(h.valid)), walls.begin_of(c.deputy_until + 1), 'infinity'),
      true
    from public.casework_case c
    join walls.held h on h.account_id = c.deputy_id and h.organisation_id = c.organisation_id
    where 'case.work' = any(h.permissions) and not isempty(h.valid)
    union all
    select c.id, h.account_id,
      greatest(walls.begin_of(lower(h.valid)), i.begins_at),
      least(walls.begin_of(upper(h.valid)), i.ends_at),
      false
    from public.casework_insight i
    join public.casework_case c on c.id = i.case_id
    join walls.held h on h.account_id = i.account_id and h.organisation_id = c.organisation_id
    where 'case.oversee' = any(h.permissions) and not isempty(h.valid)
  ) s;
revoke all on walls.should_be_admitted from public, kimwerk_app, kimwerk_audit;

create or replace view walls.my_cases with (security_barrier) as
  select a.case_id from walls.admitted a
  where a.account_id = walls.actor() and a.begins_at <= statement_timestamp() and a.ends_at > statement_timestamp();
create view walls.my_kept_cases with (security_barrier) as
  select a.case_id from walls.admitted a
  where a.account_id = walls.actor() and a.begins_at <= statement_timestamp() and a.ends_at > statement_timestamp()
    and a.may_keep;
revoke all on walls.my_cases, walls.my_kept_cases from public;
grant select on walls.my_cases, walls.my_kept_cases to kimwerk_app;

create function walls.keep_admitted_to(cases bigint[], accounts bigint[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('walls.held', 0));
  perform from public.accounts_account a where a.id = any(accounts) order by a.id for share;
  perform set_config('kimwerk.maintenance', 'on', true);
  delete from walls.admitted a where a.case_id = any(cases);
  insert into walls.admitted select s.* from walls.should_be_admitted s where s.case_id = any(cases);
  perform set_config('kimwerk.maintenance', before, true);
end $$;
revoke all on function walls.keep_admitted_to(bigint[], bigint[]) from public;

create function walls.admit_all() returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform pg_advisory_xact_lock(hashtextextended('walls.held', 0));
  perform set_config('kimwerk.maintenance', 'on', true);
  delete from walls.admitted;
  insert into walls.admitted select s.* from walls.should_be_admitted s;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
revoke all on function walls.admit_all() from public;

create function walls.keep_admitted_to_new_cases() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform walls.keep_admitted_to(
    array(select n.id from new_rows n),
    array(select n.responsible_id from new_rows n union select n.deputy_id from new_rows n));
  return null;
end $$;
create function walls.keep_admitted_to_case() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform walls.keep_admitted_to(array[old.id, new.id], array[new.responsible_id, new.deputy_id]);
  return null;
end $$;
create function walls.forget_admitted() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  delete from walls.admitted a where a.case_id in (select o.id from old_rows o);
  return null;
end $$;
create function walls.forget_all_admitted() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  delete from walls.admitted;
  return null;
end $$;
create function walls.keep_admitted_of_insights() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform walls.keep_admitted_to(
    array(select c.case_id from changed_rows c), array(select distinct c.account_id from changed_rows c));
  return null;
end $$;
create function walls.keep_admitted_of_insight() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform walls.keep_admitted_to(array[old.case_id, new.case_id], array[new.account_id]);
  return null;
end $$;
create function walls.keep_all_admitted() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform walls.admit_all();
  return null;
end $$;
create function walls.keep_admitted_of_accounts() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  accounts bigint[] := array(select distinct c.account_id from changed_rows c);
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  delete from walls.admitted a where a.account_id = any(accounts);
  insert into walls.admitted select s.* from walls.should_be_admitted s where s.account_id = any(accounts);
  perform set_config('kimwerk.maintenance', before, true);
  return null;
end $$;
revoke all on function walls.keep_admitted_to_new_cases(), walls.keep_admitted_to_case(), walls.forget_admitted(),
  walls.forget_all_admitted(), walls.keep_admitted_of_insights(), walls.keep_admitted_of_insight(),
  walls.keep_all_admitted(), walls.keep_admitted_of_accounts() from public;

create trigger admitted_insert after insert on casework_case referencing new table as new_rows
  for each statement execute function walls.keep_admitted_to_new_cases();
create trigger admitted_update after update on casework_case for each row
  when ((old.id, old.organisation_id, old.responsible_id, old.deputy_id, old.deputy_until)
    is distinct from (new.id, new.organisation_id, new.responsible_id, new.deputy_id, new.deputy_until))
  execute function walls.keep_admitted_to_case();
create trigger admitted_delete after delete on casework_case referencing old table as old_rows
  for each statement execute function walls.forget_admitted();
create trigger admitted_truncate after truncate on casework_case
  for each statement execute function walls.forget_all_admitted();
create trigger admitted_insert after insert on casework_insight referencing new table as changed_rows
  for each statement execute function walls.keep_admitted_of_insights();
create trigger admitted_update after update on casework_insight for each row
  when ((old.case_id, old.account_id, old.begins_at, old.ends_at)
    is distinct from (new.case_id, new.account_id, new.begins_at, new.ends_at))
  execute function walls.keep_admitted_of_insight();
create trigger admitted_delete after delete on casework_insight referencing old table as changed_rows
  for each statement execute function walls.keep_admitted_of_insights();
create trigger admitted_truncate after truncate on casework_insight
  for each statement execute function walls.keep_all_admitted();
create trigger admitted_insert after insert on walls.held referencing new table as changed_rows
  for each statement execute function walls.keep_admitted_of_accounts();
create trigger admitted_delete after delete on walls.held referencing old table as changed_rows
  for each statement execute function walls.keep_admitted_of_accounts();

select walls.admit_all();
analyze walls.admitted;
"""
LEAVE_ADMITTED = """
drop trigger admitted_delete on walls.held;
drop trigger admitted_insert on walls.held;
drop trigger admitted_truncate on casework_insight;
drop trigger admitted_delete on casework_insight;
drop trigger admitted_update on casework_insight;
drop trigger admitted_insert on casework_insight;
drop trigger admitted_truncate on casework_case;
drop trigger admitted_delete on casework_case;
drop trigger admitted_update on casework_case;
drop trigger admitted_insert on casework_case;
drop function walls.keep_admitted_of_accounts();
drop function walls.keep_all_admitted();
drop function walls.keep_admitted_of_insight();
drop function walls.keep_admitted_of_insights();
drop function walls.forget_all_admitted();
drop function walls.forget_admitted();
drop function walls.keep_admitted_to_case();
drop function walls.keep_admitted_to_new_cases();
drop function walls.admit_all();
drop function walls.keep_admitted_to(bigint[], bigint[]);
drop view walls.my_kept_cases;
drop view walls.should_be_admitted;
"""
FUNCTIONS = """
create or replace function walls.kept_cases() returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return array(select m.case_id from walls.my_kept_cases m);
end $$;
create or replace function walls.cases() returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return array(select m.case_id from walls.my_cases m);
end $$;
"""
UNDO_FUNCTIONS = """
create or replace function walls.kept_cases() returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return array(select m.case_id from walls.my_cases m);
end $$;
create or replace function walls.cases() returns bigint[]
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

ME = "(select walls.actor())"
WORKED = "organisation_id = any((select walls.homes('case.work'))::bigint[])"
OVERSEEN = "organisation_id = any((select walls.homes('case.oversee'))::bigint[])"
OF_OVERSEEN = f"case_id in (select c.id from casework_case c where c.{OVERSEEN})"
COUNTED = "organisation_id = any((select walls.homes('case.oversee', 'case.count'))::bigint[])"
WEB = "(select current_user <> 'kimwerk_owner')"  # once for a statement: naming a role takes longer than the rest
LEARNING = "case_id is null and organisation_id = any((select walls.homes('case.work', 'case.oversee'))::bigint[])"
NOTE = "casework_note"
IN_A_CASE = (
    *(part for part in worked.IN_A_CASE if part != NOTE),
    "casework_referralorigin",
    "casework_checklist",
)


def _parts() -> str:
    """The walls of what stands in a case, each row with the number of its case."""
    contact, event = "casework_casecontact", "casework_caseevent"
    insight, finding, draft = "casework_insight", "casework_finding", "casework_draft"
    return "".join(
        (
            *(
                wall_again(part, read=looked_into(f"{part}.case_id"), write=kept(f"{part}.case_id"))
                for part in IN_A_CASE
            ),
            wall_again(NOTE, read=each_looked_into(f"{NOTE}.case_id"), write=kept(f"{NOTE}.case_id")),
            wall_again(
                contact, read=f"{COUNTED} or {each_looked_into(f'{contact}.case_id')}", write=kept(f"{contact}.case_id")
            ),
            wall_again(draft, read=f"account_id = {ME} and {kept(f'{draft}.case_id')}"),
            f"""
            alter policy {finding}_read on {finding} using ({looked_into(f"{finding}.case_id")});
            alter policy {event}_read on {event} using ({each_looked_into(f"{event}.case_id")} or by_id = {ME});
            alter policy {event}_insert on {event}
              with check (by_id = {ME} and ({kept(f"{event}.case_id")} or {OF_OVERSEEN}));
            alter policy {insight}_read on {insight}
              using ({WEB} and (account_id = {ME} or {kept(f"{insight}.case_id")} or {OF_OVERSEEN}));
            alter policy {insight}_update on {insight} using (account_id = {ME} or {kept(f"{insight}.case_id")});
            """,
        )
    )


# Asked of each row of a list, rights that are known for the whole statement are the cheapest; the kept table is for
# deputies. Who looks into a case oversees its organisation, so that the row of the case needs no third question.
OWN = f"responsible_id = {ME} and {WORKED}"
CASES = f"""
alter policy casework_case_read on casework_case using (
  {WEB} and ({OWN} or {COUNTED} or {looked_into("casework_case.id")}));
alter policy casework_case_update on casework_case using ({OWN} or {OVERSEEN} or {kept("casework_case.id")});
"""
UNDO_CASES = f"""
alter policy casework_case_read on casework_case using (
  {worked.WEB} and ({OWN} or {COUNTED} or id = any((select walls.cases())::bigint[])));
alter policy casework_case_update on casework_case
  using ({OWN} or {OVERSEEN} or id = any((select walls.kept_cases())::bigint[]));
"""


def _of_origin(referral: str, condition: str = "true") -> str:
    """The condition that the actor sees, behind the walls of its case, where the referral in this column came from."""
    return f"exists (select from casework_referralorigin o where o.referral_id = {referral} and {condition})"


REFERRAL, LINK = "casework_referral", "casework_referrallink"
REFERRALS = f"""
alter policy {REFERRAL}_read on {REFERRAL} using (
  sent_by_id = {ME} or {referrals.COUNTED} or {_of_origin(f"{REFERRAL}.id")} or {referrals.ASKED} or {referrals.HELD});
alter policy {REFERRAL}_update on {REFERRAL} using (
  {_of_origin(f"{REFERRAL}.id", kept("o.case_id"))} or {referrals.ASKED} or {referrals.HELD});
alter policy {LINK}_read on {LINK} using ({_of_origin(f"{LINK}.referral_id")} or {referrals.BY_LINK});
alter policy {LINK}_insert on {LINK} with check (
  created_by_id = {ME} and {_of_origin(f"{LINK}.referral_id", kept("o.case_id"))});
alter policy {LINK}_update on {LINK} using (
  {_of_origin(f"{LINK}.referral_id", kept("o.case_id"))} or {referrals.BY_LINK});
"""
UNDO_REFERRALS = f"""
alter policy {REFERRAL}_read on {REFERRAL} using (
  {referrals.SENT} or {referrals.ASKED} or {referrals.COUNTED} or {referrals.HELD} or sent_by_id = {ME});
alter policy {REFERRAL}_update on {REFERRAL} using ({referrals.KEPT} or {referrals.ASKED} or {referrals.HELD});
alter policy {LINK}_read on {LINK} using ({referrals.OF_SENT} or {referrals.BY_LINK});
alter policy {LINK}_insert on {LINK} with check (created_by_id = {ME} and {referrals.OF_KEPT});
alter policy {LINK}_update on {LINK} using ({referrals.OF_KEPT} or {referrals.BY_LINK});
"""


def _of_conference(table: str, case: str) -> str:
    """The condition for what belongs to a conference: the one for its case, or that people learn from it."""
    learning = LEARNING.replace("case_id", "c.case_id").replace("organisation_id", "c.organisation_id")
    conference = f"{table}.conference_id"
    return f"exists (select from casework_conference c where c.id = {conference} and ({case} or {learning}))"


def _conferences() -> str:
    conference, item = "casework_conference", "casework_checklistitem"
    parts = ("casework_conferenceinvitee", "casework_conferencetask")
    of_list = f"exists (select from casework_checklist l where l.id = {item}.checklist_id"
    return "".join(
        (
            wall_again(
                conference,
                read=f"{looked_into(f'{conference}.case_id')} or {LEARNING} or {referrals.COUNTED}",
                write=f"{kept(f'{conference}.case_id')} or ({LEARNING})",
            ),
            *(
                wall_again(
                    part,
                    read=_of_conference(part, looked_into("c.case_id")),
                    write=_of_conference(part, kept("c.case_id")),
                )
                for part in parts
            ),
            wall_again(item, read=f"{of_list})", write=f"{of_list} and {kept('l.case_id')})"),
        )
    )


def _former_conferences() -> str:
    """As the migration of referrals had them."""
    learning = referrals.LEARNING.replace(" and ", " and c.")
    ids = "checklist_id = any((select coalesce(array_agg(l.id), '{}') from casework_checklist l"
    return "".join(
        (
            wall_again("casework_referralorigin", read=referrals.CASE_READ, write=referrals.CASE_WRITE),
            wall_again("casework_checklist", read=referrals.CASE_READ, write=referrals.CASE_WRITE),
            wall_again(
                "casework_conference",
                read=f"{referrals.CASE_READ} or {referrals.LEARNING} or {referrals.COUNTED}",
                write=f"{referrals.CASE_WRITE} or ({referrals.LEARNING})",
            ),
            *(
                wall_again(
                    part,
                    read=referrals.of_conference(f"c.{referrals.CASE_READ} or c.{learning}"),
                    write=referrals.of_conference(f"c.{referrals.CASE_WRITE} or c.{learning}"),
                )
                for part in ("casework_conferenceinvitee", "casework_conferencetask")
            ),
            wall_again(
                "casework_checklistitem",
                read=f"{ids})::bigint[])",
                write=f"{ids} where l.{referrals.CASE_WRITE})::bigint[])",
            ),
        )
    )


def _former_parts() -> str:
    """As the migration before had them."""
    draft = worked.OF_DRAFTS + worked._worked("casework_draft")
    return worked._walls(worked._worked) + wall_again("casework_draft", read=draft)


def _former_table() -> str:
    """What was kept ready before; the view stays, because policies ask it."""
    return worked.TABLE.replace("create view walls.my_cases", "create or replace view walls.my_cases")


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0024_first_choice_mappings"),
        ("access", "0002_begin_of_day"),
    ]
    operations = [
        migrations.RunSQL(
            LEAVE_WORKED + TABLE + "drop table walls.worked;",
            reverse_sql=LEAVE_ADMITTED + _former_table() + "drop table walls.admitted;",
        ),
        migrations.RunSQL(FUNCTIONS, reverse_sql=UNDO_FUNCTIONS),
        migrations.RunSQL(_parts(), reverse_sql=_former_parts()),
        migrations.RunSQL(CASES, reverse_sql=UNDO_CASES),
        migrations.RunSQL(_conferences(), reverse_sql=_former_conferences()),
        migrations.RunSQL(REFERRALS, reverse_sql=UNDO_REFERRALS),
    ]
