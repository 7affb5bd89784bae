"""Reviews of unusual reading are for whoever reads the log."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


class Migration(migrations.Migration):
    dependencies = [("persons", "0004_reading_reviews"), ("audit", "0004_own_reads")]
    operations = [
        wall("persons_readingreview", read="(select walls.may('audit.read'))"),
        audited("persons_readingreview"),
    ]
