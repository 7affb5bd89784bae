"""The ledger of everything published."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_places_are_loaded_by_the_owner"),
        ("reporting", "0002_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="PublishedTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("publication", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("figure", models.CharField(max_length=100)),
                ("definition", models.CharField(blank=True, max_length=64)),
                ("window_start", models.DateField()),
                ("window_end", models.DateField()),
                ("kept", models.JSONField()),
                ("threshold", models.PositiveSmallIntegerField()),
                ("published_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "publication", "position"), name="published_table_stands_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("window_end__gt", models.F("window_start"))),
                        name="published_table_has_a_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("threshold__gte", 2)), name="published_table_has_a_threshold"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("publication", ""), _negated=True), models.Q(("figure", ""), _negated=True)
                        ),
                        name="published_table_is_named",
                    ),
                ]
            },
        )
    ]
