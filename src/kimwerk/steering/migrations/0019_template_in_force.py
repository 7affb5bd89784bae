import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("steering", "0018_newest_first"), ("documents", "0004_received_walls")]
    operations = [
        migrations.AddField(
            model_name="inforce",
            name="template",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.template",
            ),
        )
    ]
