from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only log."""

    name = "kimwerk.audit"
    label = "audit"
