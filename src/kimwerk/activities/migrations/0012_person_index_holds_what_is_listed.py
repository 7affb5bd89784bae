"""The entries of one person are listed and summed up from their index alone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0011_fewer_indexes"),
        ("directory", "0003_places_are_loaded_by_the_owner"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="activity",
            name="activity_by_person",
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                condition=models.Q(("removed_at__isnull", True)),
                fields=["done_by", "-day", "-id"],
                include=(
                    "organisation",
                    "kind",
                    "channel",
                    "municipality",
                    "site",
                    "referral_target",
                    "participants_target",
                    "participants_partner",
                    "minutes",
                ),
                name="activity_by_person",
            ),
        ),
    ]
