"""What an access path or a closure reason is called in somebody else's scheme, for some days."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.audit.triggers import audited


class Migration(migrations.Migration):
    dependencies = [("casework", "0022_worked_cases")]

    operations = [
        migrations.CreateModel(
            name="ChoiceMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=60)),
                ("label", models.CharField(max_length=160)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField(default=DateRange(None, None))),
                (
                    "choice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mappings", to="casework.choice"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="choicemapping",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                name="choice_is_mapped_once_at_a_time",
                expressions=[("choice", "="), ("scheme", "="), ("valid", "&&")],
            ),
        ),
        migrations.AddConstraint(
            model_name="choicemapping",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid__isempty", False)), name="choice_mapping_holds_some_day"
            ),
        ),
        audited("casework_choicemapping"),
    ]
