"""One question across the walls: who else may counsel this person? It answers with organisations.

It needs a birthday or a year of birth, and writes itself into the log: whoever asks, in whatever
way, has asked on record.
"""

from django.db import migrations

ELSEWHERE = """
create function walls.persons_elsewhere(organisation bigint, families text[], givens text[], born date, year integer)
returns bigint[] language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  mine bigint[] := walls.persons();
  found bigint[];
begin
  if not exists (
    select from public.accounts_membership m
    join public.accounts_account a on a.id = m.account_id and a.is_active
    join public.accounts_roleright r on r.role = m.role
    where m.account_id = walls.actor() and m.organisation_id = organisation and r.permission = 'person.keep'
      and m.valid @> walls.today()) then
    raise exception 'the actor registers nobody at this organisation' using errcode = 'insufficient_privilege';
  end if;
  if born is null and year is null or cardinality(families) = 0 then
    return '{}';
  end if;
  perform audit.note('read', 'person.asked_elsewhere', 'persons_person', '', '{}', 1);
  perform set_config('kimwerk.maintenance', 'on', true);
  select array_agg(distinct p.organisation_id order by p.organisation_id) into found
  from public.persons_person p
  where p.erased_at is null and not (p.id = any(mine))
    and (born is not null and p.birth_date = born
      or born is not null and p.birth_year = extract(year from born)
      or born is null and (p.birth_year = year
        or p.birth_date >= make_date(year, 1, 1) and p.birth_date < make_date(year + 1, 1, 1)))
    and exists (select from public.persons_nametoken t where t.person_id = p.id and t.token = any(families))
    and (cardinality(givens) = 0
      or exists (select from public.persons_nametoken t where t.person_id = p.id and t.token = any(givens)));
  perform set_config('kimwerk.maintenance', before, true);
  return coalesce(found, '{}');
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("persons", "0002_walls"), ("audit", "0001_log")]
    operations = [
        migrations.RunSQL(
            ELSEWHERE, reverse_sql="drop function walls.persons_elsewhere(bigint, text[], text[], date, integer)"
        )
    ]
