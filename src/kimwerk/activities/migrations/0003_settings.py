import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_walls"), ("directory", "0002_walls")]
    operations = [
        migrations.CreateModel(
            name="DiarySettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.organisation"
                    ),
                ),
                ("is_note_enabled", models.BooleanField(default=False)),
                ("change_share", models.PositiveSmallIntegerField(default=20)),
                ("change_rows", models.PositiveIntegerField(default=10)),
                ("days_shown", models.PositiveSmallIntegerField(default=90)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(change_share__lte=100), name="diary_change_share_is_a_share"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(days_shown__gte=7) & models.Q(days_shown__lte=3_660),
                        name="diary_shows_some_days",
                    ),
                ],
            },
        ),
    ]
