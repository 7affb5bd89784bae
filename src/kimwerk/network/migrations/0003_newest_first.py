from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "0002_walls")]
    operations = [
        migrations.AddIndex("encounter", models.Index(fields=["-on_day", "-id"], name="encounter_by_day")),
        migrations.AddIndex("supply", models.Index(fields=["-noted_on", "-id"], name="supply_by_day")),
        migrations.AddIndex("publication", models.Index(fields=["-published_on", "-id"], name="publication_by_day")),
    ]
