"""Who may read and write goals, measures, indicators with their readings, and what resolutions change."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited
from kimwerk.steering.walls import KEEP_COMMITTEE, READ_OF_ORGANISATION, kept_with, seen_with

KEPT_WITH_RESOLUTION = kept_with("resolution_id", "steering_resolution")
KEPT_WITH_MEASURE = f"exists (select from steering_measure m where m.id = measure_id and m.{KEEP_COMMITTEE})"
KEPT_WITH_INDICATOR = (
    "exists (select from steering_indicator i join steering_measure m on m.id = i.measure_id"
    f" where i.id = indicator_id and m.{KEEP_COMMITTEE})"
)


class Migration(migrations.Migration):
    dependencies = [("steering", "0008_goals")]
    operations = [
        wall("steering_goal", read=READ_OF_ORGANISATION, write=KEEP_COMMITTEE),
        wall("steering_measure", read=READ_OF_ORGANISATION, write=KEEP_COMMITTEE),
        wall("steering_indicator", read=seen_with("measure_id", "steering_measure"), write=KEPT_WITH_MEASURE),
        wall("steering_reading", read=seen_with("indicator_id", "steering_indicator"), write=KEPT_WITH_INDICATOR),
        wall("steering_effect", read=seen_with("resolution_id", "steering_resolution"), write=KEPT_WITH_RESOLUTION),
        wall(
            "steering_inforce",
            read="organisation_id = any((select walls.homes('steering.attend'))::bigint[])",
            write=KEEP_COMMITTEE,
        ),
        audited("steering_goal"),
        audited("steering_measure"),
        audited("steering_indicator"),
        audited("steering_reading"),
        audited("steering_effect"),
        audited("steering_inforce"),
    ]
