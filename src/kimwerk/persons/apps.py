from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kimwerk.ui.shell import Section, offer_page


class PersonsConfig(AppConfig):
    """The people in our care."""

    name = "kimwerk.persons"
    label = "persons"
    verbose_name = _("Persons")

    def ready(self) -> None:
        offer_page(Section.CASES, "persons:list", title=_("Persons"), order=20)
        offer_page(Section.ADMINISTRATION, "persons:reading", title=_("Unusual reading"), order=60)
