from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kimwerk.ui.shell import Section, belongs_to, offer_page


class ConsentConfig(AppConfig):
    """Declarations of consent, and what was disclosed under them."""

    name = "kimwerk.consent"
    label = "consent"
    verbose_name = _("Consent")

    def ready(self) -> None:
        from kimwerk.consent.selectors.erasing import consent_remains
        from kimwerk.consent.services.erasing import erase_disclosed
        from kimwerk.consent.web.at_person import consent_of
        from kimwerk.persons.erasures import goes_with_person, says_what_remains
        from kimwerk.persons.offers import offer_at_person

        offer_page(Section.CASES, "consent:list", title=_("Consent"), order=30)
        offer_page(Section.CASES, "consent:inbox", title=_("Inbox"), order=60)
        offer_page(Section.ADMINISTRATION, "consent:texts", title=_("Texts of consent"), order=40)
        offer_page(Section.ADMINISTRATION, "consent:by_law", title=_("Disclosures on a statutory basis"), order=50)
        offer_page(Section.ADMINISTRATION, "consent:lists", title=_("Lists of consent"), order=42)
        belongs_to("consent:list", "consent:disclose", "consent:disclosure", "consent:recall")
        belongs_to("consent:lists", "consent:group")
        offer_at_person(consent_of, order=20)
        goes_with_person(erase_disclosed)
        says_what_remains(consent_remains)
