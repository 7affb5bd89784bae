"""Who may read and write the programme plan."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited
from kimwerk.steering.walls import KEEP_COMMITTEE, READ_OF_ORGANISATION


class Migration(migrations.Migration):
    dependencies = [("steering", "0010_programme_plan")]
    operations = [
        wall("steering_planentry", read=READ_OF_ORGANISATION, write=KEEP_COMMITTEE),
        audited("steering_planentry"),
    ]
