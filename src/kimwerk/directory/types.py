"""The vocabulary of the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What sort of body an organisation is."""

    COUNTY = "county", _("County")
    MUNICIPALITY = "municipality", _("Municipality")
    AUTHORITY = "authority", _("Authority")
    WELFARE_ASSOCIATION = "welfare_association", _("Welfare association")
    LANGUAGE_COURSE_PROVIDER = "language_course_provider", _("Language course provider")
    ADVICE_CENTRE = "advice_centre", _("Advice centre")
    MIGRANT_ORGANISATION = "migrant_organisation", _("Migrant organisation")
    VOLUNTEERS = "volunteers", _("Volunteers")
    OTHER = "other", _("Other body")
