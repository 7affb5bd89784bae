"""How the codes of the room are said to people."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.kernel.figures import Text
from kimwerk.persons.types import PersonField as F
from kimwerk.persons.types import PersonProblem as P
from kimwerk.persons.types import Problem

FIELDS = {
    F.ORGANISATION: _("Organisation"),
    F.FAMILY_NAME: _("Family name"),
    F.GIVEN_NAMES: _("Given names"),
    F.TITLE: _("Academic title"),
    F.PREFIX: _("Name prefix"),
    F.NAMES: _("Further names"),
    F.BIRTH_DATE: _("Date of birth"),
    F.BIRTH_YEAR: _("Year of birth"),
    F.BIRTH_COUNTRY: _("Country of birth"),
    F.SEX: _("Sex"),
    F.NATIONALITIES: _("Nationalities"),
    F.LANGUAGES: _("Languages"),
    F.INTERPRETER_LANGUAGE: _("Interpreter for"),
    F.MUNICIPALITY: _("Municipality"),
    F.STREET: _("Street and number"),
    F.POSTCODE: _("Postcode"),
    F.TOWN: _("Town"),
    F.PHONE: _("Telephone"),
    F.EMAIL: _("E-mail"),
    F.PREFERRED_CHANNEL: _("Best reached"),
    F.ARRIVED_GERMANY_ON: _("In Germany since"),
    F.ARRIVED_MUNICIPALITY_ON: _("In the municipality since"),
}

PROBLEMS: Mapping[P, Text] = {
    P.MISSING: _("Enter a name. Somebody who has only one name has it as family name."),
    P.NOT_LATIN: _(
        "%(detail)s is no Latin letter. Write the name here as in the passport, and the original script in its own"
        " field."
    ),
    P.CONTROL_CHARACTERS: _(
        "The text holds signs that nobody can see (%(detail)s), often taken along when copying. Delete the field and"
        " type the text anew."
    ),
    P.TOO_LONG: _("This is too long: at most %(detail)s characters fit."),
    P.IN_THE_FUTURE: _("This lies in the future. Check the year."),
    P.LONG_AGO: _("This lies before the year 1900. Check the year."),
    P.DATE_AND_YEAR: _("Enter either the date or only the year."),
    P.BEFORE_BIRTH: _("This lies before the birth. Check both dates."),
    P.BEFORE_ARRIVAL: _("This lies before the arrival in Germany. Check both dates."),
    P.UNKNOWN: _("The list does not have this. Choose something from the list."),
    P.TWICE: _("This is named twice. Leave it once."),
    P.NOT_YOURS: _("You cannot open files at this organisation."),
    P.NOT_A_POSTCODE: _("A postcode has five digits, such as 53721."),
}


def told(problem: Problem) -> str:
    """A problem as a sentence that says what to do."""
    return str(PROBLEMS[problem.kind]) % {"detail": problem.detail}


def days_left(days: int) -> str:
    """How long a paper is still valid."""
    if days < 0:
        return gettext("expired")
    return gettext("valid for %(days)s more days") % {"days": days} if days else gettext("valid until today")
