from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("steering", "0019_template_in_force")]
    operations = [
        migrations.AddIndex(
            model_name="inforce",
            index=models.Index(
                condition=models.Q(("template__isnull", False)), fields=["template"], name="in_force_by_template"
            ),
        )
    ]
