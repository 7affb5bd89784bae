from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Municipalities, organisations, sites, professional contacts."""

    name = "kimwerk.directory"
    label = "directory"
