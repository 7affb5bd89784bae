"""Who may read and write what is mailed: whoever is the office of the committee."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited
from kimwerk.steering.walls import kept_through, kept_with

OF_A_MAILING = (
    "exists (select from steering_mailing g join steering_meeting m on m.id = g.meeting_id"
    f" where g.id = mailing_id and {kept_through('m.committee_id')})"
)


class Migration(migrations.Migration):
    dependencies = [("steering", "0014_mailings")]
    operations = [
        wall("steering_mailing", read=kept_with("meeting_id", "steering_meeting")),
        wall("steering_delivery", read=OF_A_MAILING),
        audited("steering_mailing"),
        audited("steering_delivery"),
    ]
