from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArrivalsConfig(AppConfig):
    """Registration lists of newly arrived people."""

    name = "kimwerk.arrivals"
    label = "arrivals"

    def ready(self) -> None:
        from kimwerk.ui.shell import Section, offer_page

        offer_page(Section.REGISTRATION, "arrivals:occasions", title=_("Registration lists"), order=10)
