"""What a category is called in somebody else's scheme holds for some days: their lists change as ours do."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange


class Migration(migrations.Migration):
    dependencies = [("activities", "0015_columns_replace_pairs")]

    operations = [
        migrations.AddField(
            model_name="categorymapping",
            name="valid",
            field=django.contrib.postgres.fields.ranges.DateRangeField(default=DateRange(None, None)),
        ),
        migrations.RemoveConstraint(model_name="categorymapping", name="category_is_mapped_once_in_a_scheme"),
        migrations.AddConstraint(
            model_name="categorymapping",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                name="category_is_mapped_once_at_a_time",
                expressions=[("category", "="), ("scheme", "="), ("valid", "&&")],
            ),
        ),
        migrations.AddConstraint(
            model_name="categorymapping",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid__isempty", False)), name="category_mapping_holds_some_day"
            ),
        ),
    ]
