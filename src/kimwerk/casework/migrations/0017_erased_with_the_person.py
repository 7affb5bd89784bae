"""What casework deletes when a person is erased: all content of their cases, of which only the frames stay.

Closed cases are write-protected, and the history of a case never changes. Erasing passes both by this one function,
which asks for itself whether the actor keeps the person's file and whether every case is closed.
"""

from django.db import migrations

OF_CASES = (
    "draft", "note", "finding", "rating", "assessment", "goalchange", "step", "goal", "agreement", "deadline",
    "clarification", "caseevent", "referralorigin",
)  # fmt: skip
DELETIONS = "\n".join(f"  delete from public.casework_{table} where case_id = any(gone);" for table in OF_CASES)
FORGET = f"""
create function casework_forget(person bigint) returns integer language plpgsql security definer
set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  gone bigint[];
  referred bigint[];
begin
  if person <> all(walls.kept_persons()) then
    raise exception 'the actor does not keep this file' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('kimwerk.maintenance', 'on', true);
  if exists (select from public.casework_case where person_id = person and state <> 'closed') then
    raise exception 'an open case is not erased'
      using errcode = 'check_violation', constraint = 'erased_cases_are_closed';
  end if;
  gone := array(select id from public.casework_case where person_id = person);
  referred := array(select referral_id from public.casework_referralorigin where case_id = any(gone));
  update public.casework_referral set need = '', note = '' where id = any(referred);
  delete from public.casework_referrallink where referral_id = any(referred);
  delete from public.casework_conferencetask where conference_id in (
    select id from public.casework_conference where case_id = any(gone));
  delete from public.casework_checklistitem where checklist_id in (
    select id from public.casework_checklist where case_id = any(gone));
  delete from public.casework_checklist where case_id = any(gone);
{DELETIONS}
  perform set_config('kimwerk.maintenance', before, true);
  return cardinality(gone);
end $$;
revoke all on function casework_forget(bigint) from public;
grant execute on function casework_forget(bigint) to kimwerk_app;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0016_read_by_link")]
    operations = [migrations.RunSQL(FORGET, reverse_sql="drop function casework_forget(bigint);")]
