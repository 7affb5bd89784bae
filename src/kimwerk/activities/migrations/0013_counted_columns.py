import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0012_person_index_holds_what_is_listed"),
        ("directory", "0003_places_are_loaded_by_the_owner"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountedColumn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("name", models.CharField(max_length=20)),
                ("entries", models.PositiveIntegerField()),
                ("numbers", models.BinaryField()),
                ("sizes", models.BinaryField(blank=True, default=bytes)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "month", "name"), name="counted_column_stands_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="counted_column_begins_on_the_first"
                    ),
                ],
            },
        ),
    ]
