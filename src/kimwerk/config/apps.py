from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Checks that keep a production installation from starting wrongly."""

    name = "kimwerk.config"
    label = "config"

    def ready(self) -> None:
        from kimwerk.config import checks  # noqa: F401  # registers the checks
