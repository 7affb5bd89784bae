from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kimwerk.ui.shell import Section, belongs_to, offer_page, offer_search


class DeskConfig(AppConfig):
    """Home page and errands across rooms."""

    name = "kimwerk.desk"
    label = "desk"
    verbose_name = _("My day")

    def ready(self) -> None:
        from kimwerk.desk.announcements import listen
        from kimwerk.desk.exchanging import parts_for_packages
        from kimwerk.desk.web.taking_up import ways_on
        from kimwerk.documents.offers import offer_in_packages
        from kimwerk.documents.ways import offer_at_received

        listen()
        offer_in_packages(parts_for_packages)
        offer_at_received(ways_on)
        offer_page(Section.DAY, "desk:today", title=_("My day"), order=0)
        offer_search("desk:search")
        taking_up = ("take_up_entries", "take_up_checklist", "take_up_procedure", "take_up_survey")
        belongs_to("documents:templates", *(f"desk:{route}" for route in taking_up))
