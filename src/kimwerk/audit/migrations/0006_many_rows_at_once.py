"""A change of many rows is noted as fast as one of a few.

The statement that pairs old with new rows is planned once for a session, mostly for a change of one row, and its
nested loop was kept for thousands. Without nested loops the pairs are found by hashing, which costs one row nothing.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_only_reads_do_not_wait")]
    operations = [
        migrations.RunSQL(
            "alter function audit.note_change() set enable_nestloop = off",
            reverse_sql="alter function audit.note_change() reset enable_nestloop",
        )
    ]
