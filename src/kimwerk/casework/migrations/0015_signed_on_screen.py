from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0014_close_when_settled")]
    operations = [
        migrations.AddField("agreement", "signature_person", models.BinaryField(blank=True, default=b"")),
        migrations.AddField("agreement", "signature_counsellor", models.BinaryField(blank=True, default=b"")),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("signature_counsellor", b""), ("signature_person", b""))
                | models.Q(
                    ("signed_on__isnull", False),
                    models.Q(("signature_person", b""), _negated=True),
                    models.Q(("signature_counsellor", b""), _negated=True),
                ),
                name="agreement_is_signed_by_both",
            ),
        ),
    ]
