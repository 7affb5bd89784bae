"""Every month is counted anew, into columns; what was counted along pairs of dimensions is not needed any more."""

from importlib import import_module

from django.db import migrations

from kimwerk.access.walls import wall

before = import_module("kimwerk.activities.migrations.0006_counting_ahead")
marked = import_module("kimwerk.activities.migrations.0007_mark_what_is_there")
PAIRS = wall(
    "activities_countedmonth",
    read=f"{before.COUNTABLE} and (dimension <> 'staff' or {before.READABLE})",
    write="false",
)


class Migration(migrations.Migration):
    dependencies = [("activities", "0014_columns_ahead")]
    operations = [
        migrations.RunSQL(marked.MARK, reverse_sql=marked.MARK),
        migrations.RunSQL(PAIRS.reverse_sql, reverse_sql=PAIRS.sql),
        migrations.DeleteModel(name="CountedMonth"),
    ]
