from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Figures and reports."""

    name = "kimwerk.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Put the room's pages where one looks for them, and catalogue and editions where steering asks for them."""
        from kimwerk.reporting.providing import CatalogueOfFigures, ReleasedEditions
        from kimwerk.steering.editions import provide_editions
        from kimwerk.steering.measuring import provide_figures
        from kimwerk.ui.shell import Section, offer_page

        offer_page(Section.EVALUATION, "reporting:figures", title=_("Figures"), order=10)
        offer_page(Section.EVALUATION, "reporting:explorer", title=_("Explorer"), order=20)
        offer_page(Section.EVALUATION, "reporting:reports", title=_("Reports"), order=30)
        offer_page(Section.EVALUATION, "reporting:table_check", title=_("Check a table"), order=60)
        provide_figures(CatalogueOfFigures())
        provide_editions(ReleasedEditions())
