"""The first rows of a list without sorting the whole of it."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0015_noted_at")]
    operations = [
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                "occasion",
                F("registered_at").desc(),
                "family",
                F("birth_date").asc(nulls_last=True),
                "id",
                condition=Q(merged_into__isnull=True),
                name="registration_in_order",
            ),
        ),
    ]
