from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArrivalsConfig(AppConfig):
    """Registration lists of newly arrived people."""

    name = "kimwerk.arrivals"
    label = "arrivals"

    def ready(self) -> None:
        from kimwerk.arrivals.consent_first import consent_comes_first
        from kimwerk.arrivals.services.ending import forget_origin
        from kimwerk.persons.erasures import goes_with_person
        from kimwerk.persons.openings import may_object_to_case
        from kimwerk.ui.shell import Section, offer_page

        offer_page(Section.REGISTRATION, "arrivals:occasions", title=_("Registration lists"), order=10)
        offer_page(Section.REGISTRATION, "arrivals:contracts", title=_("What the offices need"), order=30)
        offer_page(Section.REGISTRATION, "arrivals:office", title=_("Lists for our office"), order=20)
        offer_page(Section.REGISTRATION, "arrivals:receipts", title=_("Receipts"), order=40)
        goes_with_person(forget_origin)
        may_object_to_case(consent_comes_first)
