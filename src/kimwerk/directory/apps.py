from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Municipalities, organisations, sites, professional contacts."""

    name = "kimwerk.directory"
    label = "directory"

    def ready(self) -> None:
        from kimwerk.ui.shell import Section, offer_page

        offer_page(Section.NETWORK, "directory:organisations", title=_("Organisations"), order=10)
        offer_page(Section.NETWORK, "directory:municipalities", title=_("Municipalities"), order=20)
