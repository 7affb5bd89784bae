from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffingConfig(AppConfig):
    """Posts, people on them, onboarding and qualification."""

    name = "kimwerk.staffing"
    label = "staffing"

    def ready(self) -> None:
        from kimwerk.ui.shell import Section, offer_page

        offer_page(Section.STAFF_AND_FINANCE, "staffing:overview", title=_("Posts"), order=10)
        offer_page(Section.STAFF_AND_FINANCE, "staffing:people", title=_("Staff"), order=20)
        offer_page(Section.STAFF_AND_FINANCE, "staffing:allocation", title=_("Divide posts"), order=30)
