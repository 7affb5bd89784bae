"""How the diary's codes are said to people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import formats
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kimwerk.activities.services.refusals import Problems
from kimwerk.activities.types import CategoryList, EntryColumn, EntryField, EntryProblem, ShorthandField
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text

FIELDS = {
    EntryField.DAY: _("Day"),
    EntryField.LAST_DAY: _("Last day"),
    EntryField.KIND: _("Kind"),
    EntryField.CHANNEL: _("Channel"),
    EntryField.MUNICIPALITY: _("Municipality"),
    EntryField.SITE: _("Site"),
    EntryField.DONE_BY: _("Done by"),
    EntryField.TOPICS: _("Topics"),
    EntryField.TARGET_GROUPS: _("Target groups"),
    EntryField.LEGAL_CIRCLES: _("Legal circles"),
    EntryField.PARTNERS: _("Partners involved"),
    EntryField.PARTICIPANTS_TARGET: _("People of the target group"),
    EntryField.PARTICIPANTS_PARTNER: _("Partners taking part"),
    EntryField.MINUTES: _("Minutes"),
    EntryField.REFERRAL_TARGET: _("Referral target"),
    EntryField.NOTE: pgettext_lazy("diary", "Note"),
    EntryField.ORGANISATION: _("Organisation"),
}

PROBLEMS: Mapping[EntryProblem, Text] = {
    EntryProblem.MISSING: _("Something is missing here."),
    EntryProblem.IN_THE_FUTURE: _("This day lies in the future. Enter the day on which it was done."),
    EntryProblem.LONG_AGO: _("This day lies before the year 2000. Please check the year."),
    EntryProblem.ENDS_BEFORE_IT_BEGINS: _("The last day must come after the first. Leave it empty for a single day."),
    EntryProblem.NEGATIVE: _("This must be 0 or more."),
    EntryProblem.TOO_MANY: _("This is more than an entry can hold: at most 5,000 people and 60,000 minutes."),
    EntryProblem.UNKNOWN: _("The list does not have this. Choose something from the list."),
    EntryProblem.NOT_VALID_THEN: _("This was not in use on that day. Choose another, or check the day."),
    EntryProblem.NOT_A_REFERRAL: _("Only a referral consultation has a target. Change the kind, or leave this empty."),
    EntryProblem.SITE_ELSEWHERE: _("This site stands in another municipality."),
    EntryProblem.NOT_YOURS: _("You cannot enter something here for this person and place."),
    EntryProblem.NOTES_ARE_OFF: _("Notes are switched off in your organisation."),
    EntryProblem.NAMES_SOMEBODY: _(
        "This looks like a name, an address, a telephone number or a birthday. The diary counts work and must not"
        " name anybody: please write it without."
    ),
    EntryProblem.TOO_LONG: _("A note has at most 200 characters."),
}

LISTS: Mapping[CategoryList, Text] = {
    CategoryList.KIND: _("Kinds"),
    CategoryList.CHANNEL: pgettext_lazy("diary", "Channels"),
    CategoryList.TOPIC: _("Topics"),
    CategoryList.TARGET_GROUP: _("Target groups"),
    CategoryList.LEGAL_CIRCLE: _("Legal circles"),
    CategoryList.REFERRAL_TARGET: _("Referral targets"),
}

PIECES: Mapping[ShorthandField, Text] = {
    ShorthandField.DAY: _("Day"),
    ShorthandField.PERIOD: _("Period"),
    ShorthandField.KIND: _("Kind"),
    ShorthandField.CHANNEL: _("Channel"),
    ShorthandField.MUNICIPALITY: _("Municipality"),
    ShorthandField.SITE: _("Site"),
    ShorthandField.TOPICS: _("Topic"),
    ShorthandField.TARGET_GROUPS: _("Target group"),
    ShorthandField.LEGAL_CIRCLES: _("Legal circle"),
    ShorthandField.REFERRAL_TARGET: _("Referral target"),
    ShorthandField.PARTNERS: _("Partner"),
    ShorthandField.PARTICIPANTS_TARGET: _("People of the target group"),
    ShorthandField.PARTICIPANTS_PARTNER: _("Partners taking part"),
    ShorthandField.MINUTES: _("Minutes"),
    ShorthandField.COUNT: _("Number of like activities"),
}

COLUMNS: Mapping[EntryColumn, Text] = {
    EntryColumn.DAY: _("Day"),
    EntryColumn.KIND: _("Kind"),
    EntryColumn.MUNICIPALITY: _("Municipality"),
    EntryColumn.SITE: _("Site"),
    EntryColumn.PERSON: _("Person"),
    EntryColumn.PARTICIPANTS_TARGET: _("Target group"),
    EntryColumn.PARTICIPANTS_PARTNER: _("Partners"),
    EntryColumn.MINUTES: _("Minutes"),
}


def told(problems: Problems) -> dict[str, Text]:
    """Problems as sentences, by the name of the form's field."""
    return {place.value: PROBLEMS[problem] for place, problem in problems.items()}


def weekday(day: date) -> str:
    """A day as "Mo, 07.03.2022"."""
    return f"{formats.date_format(day, 'D')}, {german.day(day)}"


def days(first: date, last: date | None) -> str:
    """A day, or "from to" for several."""
    if last is None:
        return weekday(first)
    return gettext("%(first)s to %(last)s") % {"first": german.day(first), "last": german.day(last)}
