"""No referral is stored without a disclosure of what it asks; consent's own trigger asks for a consent in force.

A slip of paper tells the recipient nothing. The owner may load a past that knew no such disclosures.
"""

from django.db import migrations

NOT_LOADING = (
    "not (current_user = 'kimwerk_owner' and coalesce(current_setting('kimwerk.maintenance', true), '') = 'on')"
)
GUARD = f"""
create function casework_ask_by_disclosure() returns trigger language plpgsql as $$
begin
  if not exists (
    select from consent_disclosure d join consent_purpose p on p.id = d.purpose_id
    where d.id = new.asking_id and d.organisation_id = new.organisation_id and d.recipient_id = new.recipient_id
      and p.code = 'referral' and d.categories @> '{{concern}}' and d.recalled_at is null) then
    raise exception 'what a referral asks is disclosed under a consent'
      using errcode = 'check_violation', constraint = 'referral_asks_by_a_disclosure';
  end if;
  return new;
end $$;
create trigger ask_by_disclosure before insert on casework_referral for each row
  when (new.channel <> 'slip' and {NOT_LOADING}) execute function casework_ask_by_disclosure();

create function casework_keep_asking() returns trigger language plpgsql as $$
begin
  raise exception 'what was asked stays as it was asked'
    using errcode = 'check_violation', constraint = 'referral_stays_as_sent';
end $$;
create trigger keep_asking before update of asking_id on casework_referral for each row
  when (old.asking_id is distinct from new.asking_id and {NOT_LOADING}) execute function casework_keep_asking();

create function casework_match_asking() returns trigger language plpgsql as $$
begin
  if exists (
    select from casework_referral r join consent_disclosure d on d.id = r.asking_id
    join casework_case c on c.id = new.case_id
    where r.id = new.referral_id and d.person_id <> c.person_id) then
    raise exception 'what a referral asks is about the person of its case'
      using errcode = 'check_violation', constraint = 'referral_asks_about_its_person';
  end if;
  return new;
end $$;
create trigger match_asking before insert or update of referral_id, case_id on casework_referralorigin
  for each row execute function casework_match_asking();
"""
UNDO_GUARD = """
drop trigger match_asking on casework_referralorigin;
drop function casework_match_asking();
drop trigger keep_asking on casework_referral;
drop function casework_keep_asking();
drop trigger ask_by_disclosure on casework_referral;
drop function casework_ask_by_disclosure();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0012_asking")]
    operations = [migrations.RunSQL(GUARD, reverse_sql=UNDO_GUARD)]
