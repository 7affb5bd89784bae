from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    """Needs and gaps of the system."""

    name = "kimwerk.needs"
    label = "needs"

    def ready(self) -> None:
        from kimwerk.events.offers import offer_at_event
        from kimwerk.needs.web.offering import answers_of_survey, results_of_event
        from kimwerk.surveys.offers import offer_at_survey
        from kimwerk.ui.shell import Section, offer_page

        offer_page(Section.STEERING, "needs:needs", title=_("Needs named"), order=50)
        offer_page(Section.STEERING, "needs:gaps", title=_("Gaps"), order=60)
        offer_at_event(results_of_event)
        offer_at_survey(answers_of_survey)
