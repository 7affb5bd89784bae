from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonsConfig(AppConfig):
    """The people in our care."""

    name = "kimwerk.persons"
    label = "persons"
    verbose_name = _("Persons")
