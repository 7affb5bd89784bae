"""What the fields of a disclosure are called, in the words of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_FIELDS: Mapping[str, Promise] = {
    "name": _("Name"),
    "further_names": _("Further names"),
    "birth": _("Born"),
    "birth_country": _("Country of birth"),
    "sex": _("Sex"),
    "nationalities": _("Nationalities"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "preferred_channel": _("Best reached"),
    "address": _("Address"),
    "municipality": _("Municipality"),
    "household": _("Household"),
    "title": _("Residence title"),
    "valid_until": _("Valid until"),
    "authority": _("Authority"),
    "arrived_germany_on": _("In Germany since"),
    "arrived_municipality_on": _("In the municipality since"),
    "languages": _("Languages"),
    "interpreter_language": _("Interpreter for"),
    "concern": _("The matter"),
    "need": _("What is needed"),
    "language": _("Language"),
    "age": _("Age"),
    "question": _("Question"),
    "occasion": _("Occasion"),
}


def field_name(name: str) -> Promise | str:
    """What a disclosed field is called; its own name where it has no other."""
    return _FIELDS.get(name, name)
