from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FinanceConfig(AppConfig):
    """Cost plans, funding, scenarios."""

    name = "kimwerk.finance"
    label = "finance"

    def ready(self) -> None:
        from kimwerk.ui.shell import Section, offer_page

        offer_page(Section.STAFF_AND_FINANCE, "finance:plans", title=_("Cost plans"), order=40)
        offer_page(Section.STAFF_AND_FINANCE, "finance:rules", title=_("Funding rules"), order=50)
        offer_page(Section.STAFF_AND_FINANCE, "finance:grades", title=_("Table of pay"), order=55)
        offer_page(Section.STAFF_AND_FINANCE, "finance:check", title=_("Check a cost table"), order=60)
