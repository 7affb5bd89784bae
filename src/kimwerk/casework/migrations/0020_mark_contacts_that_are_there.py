"""Marks every month that has contacts, so that it is counted at the next turn."""

from django.db import migrations

MARK = """
select set_config('kimwerk.maintenance', 'on', true);
insert into casework_stalecontacts (organisation_id, month)
select distinct k.organisation_id, date_trunc('month', a.day)::date
from casework_casecontact k join activities_activity a on a.id = k.activity_id;
select set_config('kimwerk.maintenance', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0019_contacts_ahead")]
    operations = [migrations.RunSQL(MARK, reverse_sql=migrations.RunSQL.noop)]
