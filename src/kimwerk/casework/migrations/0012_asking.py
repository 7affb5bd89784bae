import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_referral_walls"), ("consent", "0003_lists")]
    operations = [
        migrations.AddField(
            "referral",
            "asking",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="consent.disclosure",
            ),
        ),
    ]
