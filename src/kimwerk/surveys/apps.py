from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    """Surveys."""

    name = "kimwerk.surveys"
    label = "surveys"

    def ready(self) -> None:
        from kimwerk.directory.types import OrganisationKind
        from kimwerk.surveys.audiences import offer_audience
        from kimwerk.surveys.selectors.addressees import of_kind
        from kimwerk.ui.shell import Section, offer_page

        offer_page(Section.NETWORK, "surveys:surveys", title=_("Surveys"), order=45)
        for kind in OrganisationKind:
            offer_audience(kind.value, kind.label, of_kind(kind))
