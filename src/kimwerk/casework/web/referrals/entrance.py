"""How referrals, conferences and checklists are entered: their pages in the navigation, what they listen to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kimwerk.casework import announcements
from kimwerk.ui.shell import Section, offer_page


def open_doors() -> None:
    """Called once, when the app is ready."""
    announcements.listen()
    offer_page(Section.CASES, "casework:referrals", title=_("Referrals"), order=20)
    offer_page(Section.CASES, "casework:incoming", title=_("Referrals to us"), order=25)
    offer_page(Section.CASES, "casework:conferences", title=_("Case conferences"), order=30)
    offer_page(Section.CASES, "casework:checklists", title=_("Residence and naturalisation"), order=40)
