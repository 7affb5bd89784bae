from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Rights: no tables, but the functions behind every wall."""

    name = "kimwerk.access"
    label = "access"
