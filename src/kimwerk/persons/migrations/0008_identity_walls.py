"""Who may learn what from the numbers people are looked up by: nobody reads them, functions answer.

`walls.identity_near` finds whoever shares a number and is for other functions alone. `walls.persons_near` gives the
files among them that are in the actor's care. `walls.identity_elsewhere` is the one question across the walls: it
answers with places, and writes itself into the log, whatever it finds. Triggers keep the numbers beside their rows.
"""

from django.db import migrations

from kimwerk.persons.identity import compared_person, identity_numbers
from kimwerk.persons.types import NameFacts, NameKind, PersonFacts, Sex

WALLS = """
alter table persons_identity enable row level security;
revoke all on persons_identity from kimwerk_app;
revoke all on persons_commonkey from kimwerk_app;
grant select on persons_commonkey to kimwerk_app;

create function walls.keep_identity() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'DELETE' then
    delete from public.persons_identity i using old_rows o where i.subject = tg_argv[0] and i.subject_id = o.id;
    return null;
  end if;
  if tg_op = 'UPDATE' then
    delete from public.persons_identity i using new_rows n join old_rows o on o.id = n.id
      where i.subject = tg_argv[0] and i.subject_id = n.id
        and (n.match_keys, n.organisation_id, n.municipality_id)
          is distinct from (o.match_keys, o.organisation_id, o.municipality_id);
  end if;
  insert into public.persons_identity (subject, subject_id, organisation_id, municipality_id, keys)
    select tg_argv[0], n.id, n.organisation_id, n.municipality_id, n.match_keys
    from new_rows n where n.match_keys <> '{}'
  on conflict (subject, subject_id) do nothing;
  return null;
end $$;
create trigger identity_insert after insert on persons_person referencing new table as new_rows
  for each statement execute function walls.keep_identity('person');
create trigger identity_update after update on persons_person referencing old table as old_rows new table as new_rows
  for each statement execute function walls.keep_identity('person');
create trigger identity_delete after delete on persons_person referencing old table as old_rows
  for each statement execute function walls.keep_identity('person');

create function walls.identity_near(about text, wanted bigint[]) returns setof bigint
language sql stable security definer set search_path = pg_catalog, public rows 100 as $$
  select i.subject_id from public.persons_identity i where i.keys && wanted and i.subject = about limit 2000
$$;
revoke all on function walls.identity_near(text, bigint[]) from public;

create function walls.persons_near(wanted bigint[]) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return coalesce((select array_agg(p.id) from public.persons_person p
    where p.id = any(array(select walls.identity_near('person', wanted)))), '{}');
end $$;

create function walls.identity_elsewhere(organisation bigint, wanted bigint[])
returns table (about text, home bigint, place bigint)
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
      and r.permission in ('person.keep', 'registration.keep') and m.valid @> walls.today()) then
    raise exception 'the actor registers nobody at this organisation' using errcode = 'insufficient_privilege';
  end if;
  perform audit.note('read', 'person.asked_elsewhere', 'persons_identity', '', '{}', 1);
  return query
  select distinct i.subject::text, i.organisation_id,
    case when i.subject = 'registration' then i.municipality_id end
  from public.persons_identity i
  where i.keys && wanted
    and case when i.subject = 'person' then not (i.subject_id = any(cared))
      else not (i.organisation_id = any(whole)
        or walls.place(i.organisation_id, i.municipality_id) = any(parts)) end
  order by 1, 2, 3;
end $$;
drop function walls.persons_elsewhere(bigint, text[], text[], date, integer);

-- Every night: what so many share that it says little. Nobody's name can be told from it.
create function walls.count_common_keys(fewest integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  everybody bigint := (select count(*) from public.persons_identity);
  counted integer;
begin
  delete from public.persons_commonkey;
  insert into public.persons_commonkey (key, bearers, share)
    select k, count(*), count(*)::float / everybody from public.persons_identity i cross join lateral unnest(i.keys) k
    group by k having count(*) > greatest(fewest, 10);
  get diagnostics counted = row_count;
  analyze public.persons_identity;
  return counted;
end $$;
revoke all on function walls.count_common_keys(integer) from public;
grant execute on function walls.count_common_keys(integer) to kimwerk_app, kimwerk_owner;
"""
UNDO = """
drop function walls.count_common_keys(integer);
drop function walls.identity_elsewhere(bigint, bigint[]);
drop function walls.persons_near(bigint[]);
drop function walls.identity_near(text, bigint[]);
drop trigger identity_delete on persons_person;
drop trigger identity_update on persons_person;
drop trigger identity_insert on persons_person;
drop function walls.keep_identity();
grant select, insert, update, delete on persons_commonkey, persons_identity to kimwerk_app;
alter table persons_identity disable row level security;
"""
AT_ONCE = 2000


def number_everybody(apps, schema_editor):
    """Give the files that there are already the numbers they are looked up by."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select set_config('kimwerk.maintenance', 'on', true)")
    people, last = apps.get_model("persons", "Person"), 0
    while found := list(
        people.objects.filter(pk__gt=last, erased_at__isnull=True).prefetch_related("names").order_by("pk")[:AT_ONCE]
    ):
        for person in found:
            person.match_keys = identity_numbers(compared_person(_facts(person)))
        people.objects.bulk_update(found, ["match_keys"])
        last = found[-1].pk
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select set_config('kimwerk.maintenance', '', true)")


def _facts(person):
    return PersonFacts(
        organisation_id=person.organisation_id,
        family_name=person.family_name,
        given_names=person.given_names,
        prefix=person.prefix,
        names=tuple(NameFacts(NameKind(each.kind), each.family, each.given) for each in person.names.all()),
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        sex=Sex(person.sex),
        municipality_id=person.municipality_id,
    )


class Migration(migrations.Migration):
    dependencies = [("persons", "0007_identity"), ("audit", "0004_own_reads")]
    operations = [
        migrations.RunSQL(WALLS, reverse_sql=UNDO),
        migrations.RunPython(number_everybody, migrations.RunPython.noop),
    ]
