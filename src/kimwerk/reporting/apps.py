from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Figures and reports."""

    name = "kimwerk.reporting"
    label = "reporting"
