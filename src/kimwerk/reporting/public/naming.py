"""What the catalogue of everything published is called."""

from __future__ import annotations

from django.utils.translation import gettext as _


def catalogue_title() -> str:
    """The title of the catalogue."""
    return _("Municipal integration management: published tables")


def catalogue_description() -> str:
    """What stands in the catalogue."""
    return _("Tables from released evaluation reports; small numbers are not published.")
