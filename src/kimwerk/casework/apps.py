from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """Cases: clarification, assessment, goals, contacts, closing."""

    name = "kimwerk.casework"
    label = "casework"
    verbose_name = _("Casework")
