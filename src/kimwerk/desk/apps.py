from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Home page and errands across rooms."""

    name = "kimwerk.desk"
    label = "desk"
