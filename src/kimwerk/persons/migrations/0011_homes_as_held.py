"""Where the actor works under a right is read from what is kept ready (`walls.held`)."""

from django.db import migrations

HOMES = """
create or replace function walls.homes(variadic permissions text[]) returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return array(
    select distinct h.organisation_id from walls.held h
    where h.account_id = walls.actor() and h.permissions && $1 and h.valid @> walls.today());
end $$;
"""
UNDO = """
create or replace function walls.homes(variadic permissions text[]) returns bigint[]
language plpgsql stable parallel safe security definer set search_path = pg_catalog, public as $$
begin
  return coalesce((
    select array_agg(distinct m.organisation_id)
    from public.accounts_membership m
    join public.accounts_account a on a.id = m.account_id and a.is_active
    join public.accounts_roleright r on r.role = m.role
    where m.account_id = walls.actor() and r.permission = any(permissions) and m.valid @> walls.today()), '{}');
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("persons", "0010_asked_for_many"), ("accounts", "0004_rights_held")]
    operations = [migrations.RunSQL(HOMES, reverse_sql=UNDO)]
