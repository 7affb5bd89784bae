from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EarlyLanguageConfig(AppConfig):
    """The kindergarten language programme."""

    name = "kimwerk.early_language"
    label = "early_language"

    def ready(self) -> None:
        from kimwerk.early_language.selectors.kindergartens import addressees
        from kimwerk.surveys.audiences import offer_audience
        from kimwerk.ui.shell import Section, offer_page

        offer_page(Section.NETWORK, "early_language:kindergartens", title=_("Kindergartens"), order=60)
        offer_page(Section.NETWORK, "early_language:enquiries", title=_("Enquiries of kindergartens"), order=61)
        offer_page(Section.NETWORK, "early_language:deeds", title=_("Language programme: what was done"), order=62)
        offer_page(Section.NETWORK, "early_language:offers", title=_("Language programme: offers"), order=63)
        offer_audience("kindergartens", _("Kindergartens"), addressees)
