"""A figure in a report may be broken down as far as the explorer does it: by three dimensions."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0014_data_set_walls")]

    operations = [
        migrations.AlterField(
            model_name="placedfigure",
            name="by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=3
            ),
        ),
        migrations.RemoveConstraint(model_name="placedfigure", name="placed_figure_has_two_dimensions_at_most"),
        migrations.AddConstraint(
            model_name="placedfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(("by__len__lte", 3)), name="placed_figure_has_three_dimensions_at_most"
            ),
        ),
    ]
