"""When a day of the office begins, for what the walls keep ready: an instant is compared faster than a day."""

from django.db import migrations

FUNCTION = """
create function walls.begin_of(day date) returns timestamptz language sql immutable parallel safe as
$$ select day::timestamp at time zone 'Europe/Berlin' $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_wall_functions")]
    operations = [migrations.RunSQL(FUNCTION, reverse_sql="drop function walls.begin_of(date);")]
