"""The functions that row-level policies ask. They read memberships, which the accounts room keeps.

Their bodies are bound late (plpgsql), because the tables they read are made by a higher room.
Arrays come back as one value per statement, so that a policy costs one lookup, not one a row.
"""

from django.db import migrations

FUNCTIONS = """
create schema walls;
grant usage on schema walls to kimwerk_app, kimwerk_audit;

create function walls.actor() returns bigint language sql stable parallel safe as
$$ select nullif(current_setting('kimwerk.actor', true), '')::bigint $$;

-- the day of the office: a database that counts in UTC would let those who leave read on for an hour or two
create function walls.today() returns date language sql stable parallel safe as
$$ select (now() at time zone 'Europe/Berlin')::date $$;

create function walls.place(organisation bigint, municipality bigint) returns bigint
language sql immutable parallel safe as
$$ select organisation * 1000000 + municipality $$;

create function walls.organisations(variadic permissions text[]) returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return coalesce((
    select array_agg(distinct m.organisation_id)
    from public.accounts_membership m
    join public.accounts_account a on a.id = m.account_id and a.is_active
    join public.accounts_roleright r on r.role = m.role
    where m.account_id = walls.actor() and r.permission = any(permissions)
      and m.municipality_id is null and m.valid @> walls.today()), '{}');
end $$;

create function walls.places(variadic permissions text[]) returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return coalesce((
    select array_agg(distinct walls.place(m.organisation_id, m.municipality_id))
    from public.accounts_membership m
    join public.accounts_account a on a.id = m.account_id and a.is_active
    join public.accounts_roleright r on r.role = m.role
    where m.account_id = walls.actor() and r.permission = any(permissions)
      and m.municipality_id is not null and m.valid @> walls.today()), '{}');
end $$;

create function walls.may(variadic permissions text[]) returns boolean
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return exists (
    select from public.accounts_membership m
    join public.accounts_account a on a.id = m.account_id and a.is_active
    join public.accounts_roleright r on r.role = m.role
    where m.account_id = walls.actor() and r.permission = any(permissions) and m.valid @> walls.today());
end $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(FUNCTIONS, reverse_sql="drop schema walls cascade")]
