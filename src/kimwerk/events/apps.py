from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Events, invitations, attendance."""

    name = "kimwerk.events"
    label = "events"

    def ready(self) -> None:
        from kimwerk.directory.offers import offer_at_municipality
        from kimwerk.events.web.offering import agreement_there
        from kimwerk.ui.shell import Section, offer_page

        offer_page(Section.NETWORK, "events:events", title=_("Events"), order=40)
        offer_page(Section.NETWORK, "events:overview", title=_("Kick-off events by municipality"), order=41)
        offer_page(Section.NETWORK, "events:agreements", title=_("Agreements with municipalities"), order=42)
        offer_at_municipality(agreement_there)
