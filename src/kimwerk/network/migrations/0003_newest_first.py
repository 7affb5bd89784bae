import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "0002_walls")]
    operations = [
        migrations.AddIndex("encounter", models.Index(fields=["-on_day", "-id"], name="encounter_by_day")),
        migrations.AddIndex("encounter", models.Index(fields=["partner", "-on_day", "-id"], name="encounter_by_body")),
        migrations.AlterField(
            "encounter",
            "partner",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organisation",
            ),
        ),
        migrations.AddIndex("supply", models.Index(fields=["-noted_on", "-id"], name="supply_by_day")),
        migrations.AddIndex("publication", models.Index(fields=["-published_on", "-id"], name="publication_by_day")),
    ]
