"""How long lists may be kept, and how many rows wait for an office: the number alone, counted by the database."""

from django.db import migrations, models

OWED = """
create function arrivals_owed_count(contract bigint, occasion bigint) returns bigint
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  today date := consent_local_day(statement_timestamp());
  c arrivals_listcontract;
  count bigint := 0;
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  select * into c from arrivals_listcontract k
  where k.id = contract and k.valid_from <= today and (k.ended_on is null or k.ended_on > today)
    and k.recipient_id = any(walls.organisations('registration.receive'))
    and exists (select from arrivals_occasion o where o.id = occasion and o.organisation_id = k.organisation_id);
  if c.id is not null then
    select count(*) into count from arrivals_owed(c, occasion);
  end if;
  perform set_config('kimwerk.maintenance', before, true);
  return count;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0015_noted_at")]

    operations = [
        migrations.AddConstraint(
            model_name="occasion",
            constraint=models.CheckConstraint(
                condition=models.Q(("keep_days__lte", 1095)), name="occasion_is_kept_for_days"
            ),
        ),
        migrations.RunSQL(OWED, reverse_sql="drop function arrivals_owed_count(bigint, bigint)"),
    ]
