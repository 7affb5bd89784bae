"""Whoever reads figures of an organisation gets the counts of its lists without a single row of them.

The function says how many were registered on which day, at which municipality and with which need, and nothing else.
"""

from django.db import migrations

COUNTS = """
create function arrivals_counts(first date, following date)
returns table (organisation_id bigint, day date, municipality_id bigint, needs_school boolean, needs_childcare boolean,
  people bigint)
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  whole bigint[] := walls.organisations('figure.read', 'registration.keep', 'registration.check');
  parts bigint[] := walls.places('figure.read', 'registration.keep', 'registration.check');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  return query
    select r.organisation_id, consent_local_day(r.registered_at), r.municipality_id, r.needs_school, r.needs_childcare,
      count(*)
    from arrivals_registration r
    where r.merged_into_id is null
      and r.registered_at >= first::timestamp at time zone 'Europe/Berlin'
      and r.registered_at < following::timestamp at time zone 'Europe/Berlin'
      and (r.organisation_id = any(whole) or walls.place(r.organisation_id, r.municipality_id) = any(parts))
    group by 1, 2, 3, 4, 5;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0006_delivering")]
    operations = [migrations.RunSQL(COUNTS, reverse_sql="drop function arrivals_counts(date, date)")]
