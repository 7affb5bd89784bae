"""What the catalogue of everything published is called, and why figures are not in it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.kernel.figures import Text
from kimwerk.reporting.public.tables import Unpublished

REASONS: Mapping[Unpublished, Text] = {
    Unpublished.RATE: gettext_lazy("a rate or a mean would tell its parts"),
    Unpublished.STAFF: gettext_lazy("it tells of single colleagues"),
    Unpublished.TOO_FINE: gettext_lazy("weeks and days are too fine"),
    Unpublished.OVERLAPPING: gettext_lazy("it is narrowed in a way that cannot be protected"),
    Unpublished.CONTRIBUTIONS: gettext_lazy("it would tell what a single post costs or a single body gives"),
    Unpublished.NOT_ADDITIVE: gettext_lazy("one may stand in several of its parts, so that they have no sum"),
    Unpublished.BALANCE: gettext_lazy(
        "with an earlier stock and who came and went, it would tell a number that is hidden"
    ),
    Unpublished.NOT_COUNTED: gettext_lazy("nothing was counted"),
}
"""Why a figure of an edition is not published."""


def catalogue_title() -> str:
    """The title of the catalogue."""
    return _("Municipal integration management: published tables")


def catalogue_description() -> str:
    """What stands in the catalogue."""
    return _("Tables from released evaluation reports; small numbers are not published.")
