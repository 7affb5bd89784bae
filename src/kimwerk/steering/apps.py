from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    """Committees, meetings, resolutions and goals."""

    name = "kimwerk.steering"
    label = "steering"

    def ready(self) -> None:
        from kimwerk.documents.ways import offer_at_template
        from kimwerk.steering.web.offering import where_it_holds
        from kimwerk.ui.shell import Section, offer_page

        offer_at_template(where_it_holds)
        offer_page(Section.STEERING, "steering:committees", title=_("Committees"), order=10)
        offer_page(Section.STEERING, "steering:meetings", title=_("Meetings"), order=20)
        offer_page(Section.STEERING, "steering:resolutions", title=_("Resolutions"), order=30)
        offer_page(Section.STEERING, "steering:papers", title=_("Papers to committees"), order=25)
        offer_page(Section.STEERING, "steering:tasks", title=_("Tasks"), order=40)
        offer_page(Section.STEERING, "steering:goals", title=_("Goals"), order=5)
        offer_page(Section.STEERING, "steering:in_force", title=_("In force in the municipalities"), order=35)
        offer_page(Section.STEERING, "steering:plan", title=_("Programme plan"), order=6)
