from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kimwerk.ui.shell import Section, offer_page


class ActivitiesConfig(AppConfig):
    """The activity diary and the import of tallies."""

    name = "kimwerk.activities"
    label = "activities"
    verbose_name = _("Diary")

    def ready(self) -> None:
        offer_page(Section.DIARY, "activities:list", title=_("Entries"), order=0)
        offer_page(Section.DIARY, "activities:week", title=_("My week"), order=10)
        offer_page(Section.DIARY, "activities:grid", title=_("Several at once"), order=20)
        offer_page(Section.DIARY, "activities:summaries", title=_("Sums"), order=30)
        offer_page(Section.DIARY, "activities:favourites", title=_("Favourites"), order=40)
        offer_page(Section.DIARY, "activities:imports", title=_("Import"), order=50)
        offer_page(Section.ADMINISTRATION, "activities:lists", title=_("Categories"), order=30)
        offer_page(Section.ADMINISTRATION, "activities:settings", title=_("Rules of the diary"), order=40)
