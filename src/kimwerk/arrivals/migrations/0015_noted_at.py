from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0014_list_import_walls")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="noted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
