"""How many different things somebody read a day, answered to themselves alone and at the cost of those days."""

from django.db import migrations

FUNCTION = """
set local role kimwerk_audit;
create function audit.own_reads(p_type text, p_since timestamptz, p_zone text)
returns table(day date, subjects integer, latest timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select (e.at at time zone p_zone)::date, count(distinct e.subject_id)::integer, max(e.at)
  from audit.event e
  where e.actor_id = walls.actor() and e.kind = 'read' and e.subject_type = p_type and e.subject_id <> ''
    and e.at >= p_since
    and e.id >= (select f.id from audit.event f where f.at >= p_since order by f.at limit 1)
  group by 1
$$;
revoke all on function audit.own_reads(text, timestamptz, text) from public;
grant execute on function audit.own_reads(text, timestamptz, text) to kimwerk_app, kimwerk_owner;
reset role;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_reading")]
    operations = [
        migrations.RunSQL(
            FUNCTION,
            reverse_sql=(
                "set local role kimwerk_audit; drop function audit.own_reads(text, timestamptz, text); reset role"
            ),
        )
    ]
