"""Who reads and moves a referral: the case's own people, the organisation that is asked, the holder of a link.

A referral's row tells nobody's name; what leads from it to a case stands in a table of its own, behind
the wall of the case. Its states follow each other as the table in the code says, whoever writes. What
was asked is never altered. Roles of an authority pass none of these walls.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

ORIGINS = "coalesce(array_agg(o.referral_id), '{}') from casework_referralorigin o"
SENT = f"id = any((select {ORIGINS})::bigint[])"
KEPT = f"id = any((select {ORIGINS} where o.case_id = any((select walls.kept_cases())::bigint[]))::bigint[])"
ASKED = (
    "channel <> 'slip' and (recipient_id = any((select walls.organisations('referral.answer'))::bigint[])"
    " or walls.place(recipient_id, municipality_id) = any((select walls.places('referral.answer'))::bigint[]))"
)
COUNTED = "organisation_id = any((select walls.homes('case.count', 'case.oversee'))::bigint[])"
BY_LINK = "token_hash = nullif(current_setting('kimwerk.link', true), '')"
HELD = f"""id = any((
    select coalesce(array_agg(l.referral_id), '{{}}') from casework_referrallink l
    where l.{BY_LINK} and l.browser_hash = nullif(current_setting('kimwerk.link_browser', true), '')
      and l.revoked_at is null and l.expires_at > statement_timestamp())::bigint[])"""
OF_SENT = f"referral_id = any((select {ORIGINS})::bigint[])"
OF_KEPT = (
    f"referral_id = any((select {ORIGINS} where o.case_id = any((select walls.kept_cases())::bigint[]))::bigint[])"
)
MAINTENANCE = "current_setting('kimwerk.maintenance', true) = 'on'"

WALLS = f"""
alter table casework_referral enable row level security;
alter table casework_referral force row level security;
create policy casework_referral_read on casework_referral for select to kimwerk_app using (
  {SENT} or {ASKED} or {COUNTED} or {HELD} or sent_by_id = (select walls.actor()));
create policy casework_referral_insert on casework_referral for insert to kimwerk_app with check (
  sent_by_id = (select walls.actor()) and organisation_id = any((select walls.homes('case.work'))::bigint[]));
create policy casework_referral_update on casework_referral for update to kimwerk_app
  using ({KEPT} or {ASKED} or {HELD});
create policy casework_referral_maintenance on casework_referral to kimwerk_owner
  using ({MAINTENANCE}) with check ({MAINTENANCE});

alter table casework_referrallink enable row level security;
alter table casework_referrallink force row level security;
create policy casework_referrallink_read on casework_referrallink for select to kimwerk_app using (
  {OF_SENT} or {BY_LINK});
create policy casework_referrallink_insert on casework_referrallink for insert to kimwerk_app with check (
  created_by_id = (select walls.actor()) and {OF_KEPT});
create policy casework_referrallink_update on casework_referrallink for update to kimwerk_app using (
  {OF_KEPT} or {BY_LINK});
create policy casework_referrallink_maintenance on casework_referrallink to kimwerk_owner
  using ({MAINTENANCE}) with check ({MAINTENANCE});
"""
UNDO_WALLS = """
drop policy casework_referrallink_maintenance on casework_referrallink;
drop policy casework_referrallink_update on casework_referrallink;
drop policy casework_referrallink_insert on casework_referrallink;
drop policy casework_referrallink_read on casework_referrallink;
alter table casework_referrallink no force row level security;
alter table casework_referrallink disable row level security;
drop policy casework_referral_maintenance on casework_referral;
drop policy casework_referral_update on casework_referral;
drop policy casework_referral_insert on casework_referral;
drop policy casework_referral_read on casework_referral;
alter table casework_referral no force row level security;
alter table casework_referral disable row level security;
"""
NOT_ERASING = (
    "not (current_user = 'kimwerk_owner' and coalesce(current_setting('kimwerk.maintenance', true), '') = 'on')"
)
MOVES = """
  ('sent', 'accepted'), ('sent', 'declined'), ('sent', 'arrived'), ('sent', 'finished'), ('sent', 'recalled'),
  ('sent', 'unanswered'), ('sent', 'stopped'), ('accepted', 'arrived'), ('accepted', 'finished'),
  ('accepted', 'recalled'), ('accepted', 'stopped'), ('arrived', 'finished'), ('arrived', 'stopped')"""
STATES = f"""
create function casework_begin_referral() returns trigger language plpgsql as $$
begin
  if new.state <> 'sent' then
    raise exception 'a referral begins by being sent'
      using errcode = 'check_violation', constraint = 'referral_begins_sent';
  end if;
  return new;
end $$;
create trigger begin_referral before insert on casework_referral
  for each row execute function casework_begin_referral();

create function casework_keep_referral() returns trigger language plpgsql as $$
begin
  if (old.organisation_id, old.recipient_id, old.target_id, old.need, old.language, old.municipality_id, old.age_band,
      old.channel, old.sent_at, old.sent_by_id)
     is distinct from
     (new.organisation_id, new.recipient_id, new.target_id, new.need, new.language, new.municipality_id, new.age_band,
      new.channel, new.sent_at, new.sent_by_id) then
    raise exception 'what was asked stays as it was asked'
      using errcode = 'check_violation', constraint = 'referral_stays_as_sent';
  end if;
  if old.state <> new.state and (old.state, new.state) not in ({MOVES}) then
    raise exception 'a referral does not go from % to %', old.state, new.state
      using errcode = 'check_violation', constraint = 'referral_moves_as_permitted';
  end if;
  return new;
end $$;
create trigger keep_referral before update on casework_referral for each row
  when ({NOT_ERASING}) execute function casework_keep_referral();

create function casework_match_origin() returns trigger language plpgsql as $$
begin
  if not exists (
    select from casework_referral r join casework_case c on c.organisation_id = r.organisation_id
    where r.id = new.referral_id and c.id = new.case_id) then
    raise exception 'a referral is sent by the organisation of its case'
      using errcode = 'check_violation', constraint = 'referral_is_sent_by_its_case';
  end if;
  return new;
end $$;
create trigger match_origin before insert or update of referral_id, case_id on casework_referralorigin
  for each row execute function casework_match_origin();

create function casework_stop_referrals(withdrawn bigint[]) returns integer language plpgsql security definer
set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  stopped bigint[];
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  with lost as (
    select o.referral_id as id from public.casework_referralorigin o
    join public.consent_grant g on g.id = o.grant_id join public.consent_declaration d on d.id = g.declaration_id
    where o.grant_id = any(withdrawn) and (g.withdrawn_at is not null or d.withdrawn_at is not null)
  ), changed as (
    update public.casework_referral r set state = 'stopped', ended_at = now(), version = version + 1
    from lost where r.id = lost.id and r.state in ('sent', 'accepted', 'arrived') returning r.id
  ) select coalesce(array_agg(id), '{{}}') into stopped from changed;
  update public.casework_referrallink set revoked_at = now(), content = ''
  where referral_id = any(stopped) and revoked_at is null;
  perform set_config('kimwerk.maintenance', before, true);
  return cardinality(stopped);
end $$;

create function casework_lapse_referrals(today date, grace integer)
returns table (organisation_id bigint, recipient_id bigint, target_id bigint, municipality_id bigint,
               language varchar, age_band varchar)
language plpgsql security definer set search_path = pg_catalog, public as $$
#variable_conflict use_column
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  update public.casework_referrallink l set revoked_at = now(), content = ''
  from public.casework_referral r
  where r.id = l.referral_id and l.revoked_at is null and r.state = 'sent'
    and r.answer_due_on + grace < least(today, walls.today());
  return query
    update public.casework_referral r set state = 'unanswered', ended_at = now(), version = version + 1
    where r.state = 'sent' and r.channel <> 'slip'  -- a slip asks nobody, so nobody fails to answer it
      and r.answer_due_on + grace < least(today, walls.today())
    returning r.organisation_id, r.recipient_id, r.target_id, r.municipality_id, r.language, r.age_band;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
revoke all on function casework_stop_referrals(bigint[]), casework_lapse_referrals(date, integer) from public;
grant execute on function casework_stop_referrals(bigint[]), casework_lapse_referrals(date, integer) to kimwerk_app;
"""
UNDO_STATES = """
drop function casework_lapse_referrals(date, integer);
drop function casework_stop_referrals(bigint[]);
drop trigger match_origin on casework_referralorigin;
drop function casework_match_origin();
drop trigger keep_referral on casework_referral;
drop function casework_keep_referral();
drop trigger begin_referral on casework_referral;
drop function casework_begin_referral();
"""
CASE_READ = "case_id = any((select walls.cases())::bigint[])"
CASE_WRITE = "case_id = any((select walls.kept_cases())::bigint[])"
LEARNING = "case_id is null and organisation_id = any((select walls.homes('case.work', 'case.oversee'))::bigint[])"


def of_conference(condition: str) -> str:
    """The condition for what belongs to a conference."""
    return (
        "conference_id = any((select coalesce(array_agg(c.id), '{}') from casework_conference c"
        f" where {condition})::bigint[])"
    )


def refuse_closed(table: str) -> migrations.RunSQL:
    """A migration's operation: rows of a closed case are not written to."""
    return migrations.RunSQL(
        f"create trigger refuse_closed before insert or update or delete on {table} for each row"
        f" when ({NOT_ERASING}) execute function casework_refuse_closed();",
        reverse_sql=f"drop trigger refuse_closed on {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("casework", "0010_referrals"), ("consent", "0002_walls")]
    operations = [
        wall("casework_referralorigin", read=CASE_READ, write=CASE_WRITE),
        migrations.RunSQL(WALLS, reverse_sql=UNDO_WALLS),
        migrations.RunSQL(STATES, reverse_sql=UNDO_STATES),
        wall(
            "casework_conference",
            read=f"{CASE_READ} or {LEARNING} or {COUNTED}",
            write=f"{CASE_WRITE} or ({LEARNING})",
        ),
        *(
            wall(
                table,
                read=of_conference(f"c.{CASE_READ} or c.{LEARNING.replace(' and ', ' and c.')}"),
                write=of_conference(f"c.{CASE_WRITE} or c.{LEARNING.replace(' and ', ' and c.')}"),
            )
            for table in ("casework_conferenceinvitee", "casework_conferencetask")
        ),
        wall("casework_checklist", read=CASE_READ, write=CASE_WRITE),
        wall(
            "casework_checklistitem",
            read="checklist_id = any((select coalesce(array_agg(l.id), '{}') from casework_checklist l)::bigint[])",
            write="checklist_id = any((select coalesce(array_agg(l.id), '{}') from casework_checklist l"
            f" where l.{CASE_WRITE})::bigint[])",
        ),
        *(refuse_closed(table) for table in ("casework_referralorigin", "casework_conference", "casework_checklist")),
        audited("casework_referral", is_named=False),
        audited("casework_referrallink", is_named=False),
        audited("casework_referralorigin"),
        audited("casework_conference"),
        audited("casework_conferenceinvitee"),
        audited("casework_conferencetask"),
        audited("casework_checklist"),
        audited("casework_checklistitem"),
    ]
