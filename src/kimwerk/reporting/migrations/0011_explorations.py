"""Questions that are kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_places_are_loaded_by_the_owner"),
        ("reporting", "0010_schedule_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Exploration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                ("question", models.CharField(max_length=2000)),
                ("figure", models.CharField(max_length=80)),
                ("definition", models.CharField(max_length=64)),
                ("is_shared", models.BooleanField(default=False)),
                ("kept_at", models.DateTimeField(auto_now_add=True)),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "title"], name="exploration_shared")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="exploration_has_a_title"
                    ),
                    models.UniqueConstraint(
                        fields=("kept_by", "title"), name="exploration_title_stands_once_for_account"
                    ),
                ],
            },
        ),
    ]
