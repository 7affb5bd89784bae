"""Rows near somebody are found by their numbers alone: whose a row is stands beside them."""

from django.db import migrations

HEAD = """
create or replace function walls.registrations_near(wanted bigint[]) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public as $$
"""
BY_NUMBERS = (
    HEAD
    + """
declare
  whole bigint[] := walls.organisations('registration.keep', 'registration.check');
  parts bigint[] := walls.places('registration.keep', 'registration.check');
begin
  return coalesce((select array_agg(near.subject_id) from (
    select i.subject_id from public.persons_identity i
    where i.keys && wanted and i.subject = 'registration'
      and (i.organisation_id = any(whole) or walls.place(i.organisation_id, i.municipality_id) = any(parts))
    limit 2000) near), '{}');
end $$;
"""
)
BY_ROWS = (
    HEAD
    + """
begin
  return coalesce((select array_agg(r.id) from public.arrivals_registration r
    where r.id = any(array(select walls.identity_near('registration', wanted)))), '{}');
end $$;
"""
)


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0019_names_searched"), ("persons", "0010_asked_for_many")]
    operations = [migrations.RunSQL(BY_NUMBERS, reverse_sql=BY_ROWS)]
