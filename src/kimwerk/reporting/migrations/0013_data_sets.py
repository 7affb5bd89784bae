"""Files that somebody evaluates for a while."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0012_exploration_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DataSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                ("unit", models.CharField(max_length=20)),
                ("columns", models.JSONField()),
                ("rows", models.JSONField()),
                ("blank_rows", models.PositiveIntegerField(default=0)),
                ("bands", models.JSONField(default=list)),
                ("merges", models.JSONField(blank=True, default=dict)),
                ("reference_date", models.DateField()),
                ("loaded_at", models.DateTimeField(auto_now_add=True)),
                ("expires_on", models.DateField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account", "expires_on"], name="data_set_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="data_set_has_a_title"
                    )
                ],
            },
        ),
    ]
