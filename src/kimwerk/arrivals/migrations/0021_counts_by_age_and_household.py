"""Counts of the lists by band of age, and of households, for whoever reads figures. No row and no birthday is told.

The bands are told by the ages at which they begin; what is erased is counted with an unknown age.
"""

from django.db import migrations

WITHIN = """
  where r.merged_into_id is null
    and r.registered_at >= first::timestamp at time zone 'Europe/Berlin'
    and r.registered_at < following::timestamp at time zone 'Europe/Berlin'
    and (r.organisation_id = any(whole) or walls.place(r.organisation_id, r.municipality_id) = any(parts))
"""
RIGHTS = """
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  whole bigint[] := walls.organisations('figure.read', 'registration.keep', 'registration.check');
  parts bigint[] := walls.places('figure.read', 'registration.keep', 'registration.check');
"""
BY_AGE = f"""
create function arrivals_counts_by_age(first date, following date, bounds integer[])
returns table (organisation_id bigint, day date, municipality_id bigint, needs_school boolean, needs_childcare boolean,
  youngest integer, people bigint)
language plpgsql security definer set search_path = pg_catalog, public as $$
{RIGHTS}
begin
  if cardinality(bounds) > 20 then
    raise exception 'so many bands would tell ages' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('kimwerk.maintenance', 'on', true);
  return query
    select b.organisation_id, b.day, b.municipality_id, b.needs_school, b.needs_childcare,
      bounds[width_bucket(b.years, bounds)], count(*)
    from (
      select r.organisation_id, consent_local_day(r.registered_at) as day, r.municipality_id, r.needs_school,
        r.needs_childcare, extract(year from age(consent_local_day(r.registered_at), r.birth_date))::integer as years
      from arrivals_registration r {WITHIN}) b
    group by 1, 2, 3, 4, 5, 6
    union all
    select e.organisation_id, e.monday, e.municipality_id, e.needs_school, e.needs_childcare, null, e.people::bigint
    from arrivals_erasedcount e
    where e.monday >= first and e.monday < following
      and (e.organisation_id = any(whole) or walls.place(e.organisation_id, e.municipality_id) = any(parts));
  perform set_config('kimwerk.maintenance', before, true);
end $$;
"""
HOUSEHOLDS = f"""
create function arrivals_households(first date, following date)
returns table (organisation_id bigint, day date, municipality_id bigint, households bigint)
language plpgsql security definer set search_path = pg_catalog, public as $$
{RIGHTS}
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  return query
    select f.organisation_id, f.day, f.municipality_id, count(*)
    from (
      select distinct on (r.organisation_id, r.family) r.organisation_id,
        consent_local_day(r.registered_at) as day, r.municipality_id
      from arrivals_registration r {WITHIN}
      order by r.organisation_id, r.family, r.registered_at, r.id) f
    group by 1, 2, 3;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
"""
UNDO = """
drop function arrivals_households(date, date);
drop function arrivals_counts_by_age(date, date, integer[]);
"""


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0020_near_without_rows")]
    operations = [migrations.RunSQL(BY_AGE + HOUSEHOLDS, reverse_sql=UNDO)]
