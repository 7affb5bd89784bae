"""Numbers of many rows are kept at once without pairing each new row with each old one."""

from django.db import migrations

KEEPING = """
create or replace function walls.keep_identity() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'DELETE' then
    delete from public.persons_identity i
      where i.subject = tg_argv[0] and i.subject_id = any(array(select o.id from old_rows o));
    return null;
  end if;
  if tg_op = 'UPDATE' then
    -- A difference of sets has one plan for one row and for many; a join is planned once, mostly for one row.
    delete from public.persons_identity i
      where i.subject = tg_argv[0] and i.subject_id = any(array(select changed.id from (
        select n.id, n.match_keys, n.organisation_id, n.municipality_id from new_rows n
        except select o.id, o.match_keys, o.organisation_id, o.municipality_id from old_rows o) changed));
  end if;
  insert into public.persons_identity (subject, subject_id, organisation_id, municipality_id, keys)
    select tg_argv[0], n.id, n.organisation_id, n.municipality_id, n.match_keys
    from new_rows n where n.match_keys <> '{}'
  on conflict (subject, subject_id) do nothing;
  return null;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("persons", "0008_identity_walls")]
    operations = [migrations.RunSQL(KEEPING, reverse_sql=migrations.RunSQL.noop)]
