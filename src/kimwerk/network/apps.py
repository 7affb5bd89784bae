from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Contacts with other bodies, offers, public relations."""

    name = "kimwerk.network"
    label = "network"

    def ready(self) -> None:
        from kimwerk.ui.shell import Section, offer_page

        offer_page(Section.NETWORK, "network:partners", title=_("Whom we know"), order=30)
        offer_page(Section.NETWORK, "network:supplies", title=_("Offers and needs"), order=31)
        offer_page(Section.NETWORK, "network:publications", title=_("Public relations"), order=50)
