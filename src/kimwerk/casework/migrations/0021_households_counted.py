"""Which of the people with a case live together: for whoever may count cases but reads no person's file.

Only people are told whose files say so and who both have a case of an organisation in which the actor counts. Of each
the smallest number in the household is told, and nothing else of a file: no name, no relation.
"""

from django.db import migrations

HOUSEHOLDS = """
create function casework_households() returns table (person bigint, household bigint)
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  counted bigint[] := walls.organisations('case.count', 'case.work');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  return query
    with recursive links as materialized (
      select m.person_id as one, m.file_id as other from public.persons_householdmember m
      where m.file_id is not null and m.lives_here
        and exists (select from public.casework_case c
          where c.person_id = m.person_id and c.organisation_id = any(counted))
        and exists (select from public.casework_case c
          where c.person_id = m.file_id and c.organisation_id = any(counted))
    ), both_ways as materialized (
      select one, other from links union select other, one from links
    ), reached(one, other) as (
      select one, other from both_ways
      union select r.one, b.other from reached r join both_ways b on b.one = r.other
    )
    select r.one, least(r.one, min(r.other)) from reached r group by r.one order by r.one;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
revoke all on function casework_households() from public;
grant execute on function casework_households() to kimwerk_app;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0020_mark_contacts_that_are_there"), ("persons", "0010_asked_for_many")]
    operations = [migrations.RunSQL(HOUSEHOLDS, reverse_sql="drop function casework_households();")]
