"""Who asks for their cases names the organisation, too: no index of all its cases is read beside that of people."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("casework", "0026_rights_from_view")]
    operations = [
        migrations.AddIndex(
            "case",
            models.Index(fields=["responsible", "organisation", "state"], name="case_of_responsible"),
        ),
        migrations.AddIndex(
            "case",
            models.Index(fields=["deputy", "organisation"], condition=Q(deputy__isnull=False), name="case_of_deputy"),
        ),
        migrations.RemoveIndex("case", "case_by_responsible"),
        migrations.RemoveIndex("case", "case_by_deputy"),
    ]
