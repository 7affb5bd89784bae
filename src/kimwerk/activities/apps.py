from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """The activity diary and the import of tallies."""

    name = "kimwerk.activities"
    label = "activities"

    def ready(self) -> None:
        """Tell the worker what is to be done regularly."""
        import kimwerk.activities.upkeep
