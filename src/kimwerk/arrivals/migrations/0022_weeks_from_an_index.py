from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0021_counts_by_age_and_household")]
    operations = [
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                fields=["occasion", "registered_at"],
                include=["organisation", "municipality"],
                condition=models.Q(merged_into__isnull=True),
                name="registration_by_week",
            ),
        )
    ]
