"""A case is closed when nothing in it is open any more, whoever writes: goals, steps, referrals, tasks, shares.

What was disclosed under a consent is shared as long as its recipient may read it. Another open case of the same
person keeps it running, whoever works on that case, so the functions look past the walls and tell yes or no.
"""

from django.db import migrations

NOT_ERASING = (
    "not (current_user = 'kimwerk_owner' and coalesce(current_setting('kimwerk.maintenance', true), '') = 'on')"
)
GUARD = f"""
create function casework_has_sibling(the_case bigint) returns boolean language plpgsql security definer
set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  found boolean;
begin
  if not the_case = any(walls.cases()) then
    return false;
  end if;
  perform set_config('kimwerk.maintenance', 'on', true);
  select exists (
    select from public.casework_case c join public.casework_case o
      on o.person_id = c.person_id and o.organisation_id = c.organisation_id and o.id <> c.id and o.state <> 'closed'
    where c.id = the_case) into found;
  perform set_config('kimwerk.maintenance', before, true);
  return found;
end $$;

create function casework_close_case() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  today date := (statement_timestamp() at time zone 'Europe/Berlin')::date;
  kept_open text;
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  kept_open := case
    when exists (select from public.casework_goal g
      where g.case_id = new.id and g.state in ('open', 'in_progress')) then 'goal'
    when exists (select from public.casework_step s where s.case_id = new.id and s.state = 'open') then 'step'
    when exists (select from public.casework_referralorigin o join public.casework_referral r on r.id = o.referral_id
      where o.case_id = new.id and r.state in ('sent', 'accepted', 'arrived')) then 'referral'
    when exists (select from public.casework_conference c join public.casework_conferencetask t
      on t.conference_id = c.id and t.done_at is null where c.case_id = new.id) then 'conference_task'
    when exists (select from public.consent_disclosure d
      where d.person_id = new.person_id and d.organisation_id = new.organisation_id and d.grant_id is not null
        and d.recalled_at is null and d.share_ends_on >= today)
      and not exists (select from public.casework_case o
        where o.person_id = new.person_id and o.organisation_id = new.organisation_id and o.id <> new.id
          and o.state <> 'closed') then 'share'
  end;
  perform set_config('kimwerk.maintenance', before, true);
  if kept_open is not null then
    raise exception 'a case is not closed while a % is open', kept_open
      using errcode = 'check_violation', constraint = 'case_closes_when_nothing_is_open';
  end if;
  return new;
end $$;
create trigger close_case before update on casework_case for each row
  when (new.state = 'closed' and old.state <> 'closed' and {NOT_ERASING}) execute function casework_close_case();
revoke all on function casework_has_sibling(bigint) from public;
grant execute on function casework_has_sibling(bigint) to kimwerk_app;
"""
UNDO_GUARD = """
drop trigger close_case on casework_case;
drop function casework_close_case();
drop function casework_has_sibling(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0013_asking_is_disclosed")]
    operations = [migrations.RunSQL(GUARD, reverse_sql=UNDO_GUARD)]
