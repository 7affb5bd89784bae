"""Why somebody was erased stays in the empty row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("persons", "0005_review_walls")]

    operations = [
        migrations.AddField("person", "erasure_reason", models.CharField(blank=True, max_length=12)),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True, erasure_reason="")
                | models.Q(erased_at__isnull=False, erasure_reason__in=["not_needed", "asked", "unlawful", "double"]),
                name="person_is_erased_for_a_reason",
            ),
        ),
    ]
