from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_draft_walls")]
    operations = [
        migrations.RemoveConstraint(model_name="agreement", name="agreement_signed_when_and_how"),
        migrations.RemoveField(model_name="agreement", name="signature_client"),
        migrations.RemoveField(model_name="agreement", name="signature_staff"),
        migrations.RemoveField(model_name="agreement", name="signed_how"),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("signed_on__isnull", False), ("copy_handed_out", False), _connector="OR"),
                name="agreement_copy_is_of_a_signed_one",
            ),
        ),
    ]
