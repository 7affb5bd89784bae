"""An index by time, so that the log of a day is found in any size of log."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_log")]
    operations = [
        migrations.RunSQL(
            "set local role kimwerk_audit; create index event_at on audit.event (at); reset role",
            reverse_sql="set local role kimwerk_audit; drop index audit.event_at; reset role",
        )
    ]
