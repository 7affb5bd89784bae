import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0017_erased_with_the_person"),
        ("directory", "0003_places_are_loaded_by_the_owner"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountedContacts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("contacts", models.PositiveIntegerField()),
                ("days", models.BinaryField()),
                ("municipalities", models.BinaryField()),
                ("access_paths", models.BinaryField()),
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
                        fields=("organisation", "month", "kind"), name="counted_contacts_stand_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="counted_contacts_begin_on_the_first"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaleContacts",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("month", models.DateField()),
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
                "indexes": [models.Index(fields=["organisation", "month"], name="stale_contacts_by_organisation")],
            },
        ),
    ]
