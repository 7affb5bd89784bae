"""Looking up everybody of a list at once, in one's own reach and as the one question across the walls.

The numbers of a row tell whose it is, so that rows need not be read to know whether they are in reach.
"""

from django.db import migrations

ASKED = """
create function walls.identities_elsewhere(organisation bigint, people integer[], wanted bigint[])
returns table (person integer, about text, home bigint, place bigint)
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  cared bigint[] := walls.persons();
  whole bigint[] := walls.organisations('registration.keep', 'registration.check');
  parts bigint[] := walls.places('registration.keep', 'registration.check');
begin
  if not exists (
    select from public.accounts_membership m
    join public.accounts_account a on a.id = m.account_id and a.is_active
    join public.accounts_roleright r on r.role = m.role
    where m.account_id = walls.actor() and m.organisation_id = organisation
      and r.permission in ('registration.keep', 'registration.check') and m.valid @> walls.today()) then
    raise exception 'the actor registers nobody at this organisation' using errcode = 'insufficient_privilege';
  end if;
  perform audit.note('read', 'person.asked_elsewhere', 'persons_identity', '', '{}',
    greatest((select count(distinct p) from unnest(people) p), 1)::integer);
  return query
  select distinct asked.person, i.subject::text, i.organisation_id,
    case when i.subject = 'registration' then i.municipality_id end
  from (select u.person, array_agg(u.number) as numbers from unnest(people, wanted) u(person, number) group by 1) asked
  join public.persons_identity i on i.keys && asked.numbers
  where case when i.subject = 'person' then not (i.subject_id = any(cared))
      else not (i.organisation_id = any(whole)
        or walls.place(i.organisation_id, i.municipality_id) = any(parts)) end
  order by 1, 2, 3, 4;
end $$;
"""

NEAR = """
create function walls.identities_near(about text, people integer[], wanted bigint[])
returns table (person integer, subject_id bigint)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
#variable_conflict use_column
declare
  cared bigint[] := case when about = 'person' then walls.persons() end;
  whole bigint[] := walls.organisations('registration.keep', 'registration.check');
  parts bigint[] := walls.places('registration.keep', 'registration.check');
begin
  return query
  select distinct asked.person, i.subject_id
  from (select u.person, array_agg(u.number) as numbers from unnest(people, wanted) u(person, number) group by 1) asked
  join public.persons_identity i on i.keys && asked.numbers
  where i.subject = about and case when about = 'person' then i.subject_id = any(cared)
      else i.organisation_id = any(whole)
        or walls.place(i.organisation_id, i.municipality_id) = any(parts) end;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("persons", "0009_many_identities_at_once"), ("audit", "0004_own_reads")]
    operations = [
        migrations.RunSQL(ASKED, reverse_sql="drop function walls.identities_elsewhere(bigint, integer[], bigint[])"),
        migrations.RunSQL(NEAR, reverse_sql="drop function walls.identities_near(text, integer[], bigint[])"),
    ]
