"""An invitation knows when its mail went out; addresses are kept in lower case, as sign-in looks for them."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_walls")]
    operations = [
        migrations.AddField("invitation", "sent_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            "account",
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="account_email_is_lower_case"),
        ),
    ]
