"""The list is filtered, sorted and summed up from its index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0009_tally_walls")]
    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                fields=["organisation", "-day", "-id"],
                include=(
                    "kind",
                    "channel",
                    "municipality",
                    "site",
                    "done_by",
                    "referral_target",
                    "participants_target",
                    "participants_partner",
                    "minutes",
                ),
                condition=models.Q(("removed_at__isnull", True)),
                name="activity_as_listed",
            ),
        ),
        migrations.RemoveIndex(model_name="activity", name="activity_by_day"),
    ]
