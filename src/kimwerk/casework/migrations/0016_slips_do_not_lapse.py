"""A slip of paper asks nobody, so nobody fails to answer it: it does not lapse, and tells of no need."""

from django.db import migrations


def lapse(which: str) -> str:
    """The function that ends what nobody answered, for these referrals."""
    return f"""
create or replace function casework_lapse_referrals(today date, grace integer)
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
    and r.answer_due_on + grace < least(today, current_date);
  return query
    update public.casework_referral r set state = 'unanswered', ended_at = now(), version = version + 1
    where r.state = 'sent' {which} and r.answer_due_on + grace < least(today, current_date)
    returning r.organisation_id, r.recipient_id, r.target_id, r.municipality_id, r.language, r.age_band;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_signed_on_screen")]
    operations = [migrations.RunSQL(lapse("and r.channel <> 'slip'"), reverse_sql=lapse(""))]
