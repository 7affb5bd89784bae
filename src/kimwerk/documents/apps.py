from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Templates and their exchange."""

    name = "kimwerk.documents"
    label = "documents"

    def ready(self) -> None:
        from kimwerk.ui.shell import Section, offer_page

        offer_page(Section.STEERING, "documents:templates", title=_("Templates"), order=60)
