"""Marks every month that has entries, so that it is counted at the next turn."""

from django.db import migrations

MARK = """
select set_config('kimwerk.maintenance', 'on', true);
insert into activities_stalemonth (organisation_id, month)
select distinct organisation_id, date_trunc('month', day)::date from activities_activity;
select set_config('kimwerk.maintenance', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0006_counting_ahead")]
    operations = [migrations.RunSQL(MARK, reverse_sql=migrations.RunSQL.noop)]
