from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """The activity diary and the import of tallies."""

    name = "kimwerk.activities"
    label = "activities"
