"""Rows are looked up behind the walls: an index on the row itself is of no use to whoever stands before a wall."""

from django.db import migrations

from kimwerk.persons.identity import SEXES, identity_numbers
from kimwerk.persons.matching.registration import Registration as Compared
from kimwerk.persons.types import Sex

LOOKING_UP = """
create trigger identity_insert after insert on arrivals_registration referencing new table as new_rows
  for each statement execute function walls.keep_identity('registration');
create trigger identity_update after update on arrivals_registration
  referencing old table as old_rows new table as new_rows
  for each statement execute function walls.keep_identity('registration');
create trigger identity_delete after delete on arrivals_registration referencing old table as old_rows
  for each statement execute function walls.keep_identity('registration');

create function walls.registrations_near(wanted bigint[]) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return coalesce((select array_agg(r.id) from public.arrivals_registration r
    where r.id = any(array(select walls.identity_near('registration', wanted)))), '{}');
end $$;
"""
UNDO = """
drop function walls.registrations_near(bigint[]);
drop trigger identity_delete on arrivals_registration;
drop trigger identity_update on arrivals_registration;
drop trigger identity_insert on arrivals_registration;
"""
AT_ONCE = 2000


def number_everybody(apps, schema_editor):
    """Give the rows that there are already the numbers they are looked up by."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select set_config('kimwerk.maintenance', 'on', true)")
    rows, last = apps.get_model("arrivals", "Registration"), 0
    while found := list(rows.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        for row in found:
            row.match_keys = identity_numbers(_compared(row))
        rows.objects.bulk_update(found, ["match_keys"])
        last = found[-1].pk
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select set_config('kimwerk.maintenance', '', true)")


def _compared(row):
    return Compared(
        "",
        row.given_names,
        row.family_name,
        row.birth_date,
        SEXES[Sex(row.sex)],
        str(row.municipality_id),
        row.original_given,
        row.original_family,
    )


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0011_erasing"), ("persons", "0008_identity_walls")]
    operations = [
        migrations.RemoveIndex(model_name="registration", name="registration_match_keys"),
        migrations.RunSQL(LOOKING_UP, reverse_sql=UNDO),
        migrations.RunPython(number_everybody, migrations.RunPython.noop),
    ]
