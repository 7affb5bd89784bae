from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    """Needs and gaps of the system."""

    name = "kimwerk.needs"
    label = "needs"

    def ready(self) -> None:
        from kimwerk.ui.shell import Section, offer_page

        offer_page(Section.STEERING, "needs:needs", title=_("Needs named"), order=50)
        offer_page(Section.STEERING, "needs:gaps", title=_("Gaps"), order=60)
