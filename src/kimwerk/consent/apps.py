from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentConfig(AppConfig):
    """Declarations of consent, and what was disclosed under them."""

    name = "kimwerk.consent"
    label = "consent"
    verbose_name = _("Consent")
