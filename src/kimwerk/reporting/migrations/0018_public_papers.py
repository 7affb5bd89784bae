"""The whole report as everybody may read it is kept beside the tables that it is made of."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0017_rights_from_view")]
    operations = [
        migrations.AddField("publication", "with_report", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="PublicPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("html", models.BinaryField()),
                ("pdf", models.BinaryField()),
                ("docx", models.BinaryField()),
                ("xlsx", models.BinaryField()),
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paper", to="reporting.publication"
                    ),
                ),
            ],
        ),
    ]
