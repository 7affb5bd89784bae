"""Refusals at their fields, and days in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.steering.types import SteeringProblem as P
from kimwerk.steering.types import SteeringRefused

_REFUSED: Mapping[P, tuple[tuple[str, ...], Text]] = {
    P.NAME_TAKEN: (
        ("name", "function", "title", "figure_key"),
        _("This stands here already. Add what tells the two apart."),
    ),
    P.ENDS_BEFORE: (
        ("last_day", "due_on", "planned_until"),
        _("The last day lies before the first. Correct one of the two."),
    ),
    P.GOES_ON: (("last_day",), _("A committee that has become another one has a last day. Enter it.")),
    P.CHAIR_TAKEN: (("is_chair",), _("Another seat has the chair. Take it from there first.")),
    P.SEAT_HELD: (
        ("first_day",),
        _("Somebody holds the seat in this way on some of these days. End that first, or change the days."),
    ),
    P.STEP_TAKEN: (("kind",), _("This version has taken the step already.")),
    P.STEP_TOO_EARLY: (("on_day",), _("The steps lie in their order. Check the day against those of the others.")),
    P.ENDS_EARLIER: (("ends",), _("The end lies before the beginning. Correct one of the two.")),
    P.NO_COMMITTEE: (("day",), _("The committee does not exist on this day. Check the day, or the committee.")),
    P.NO_QUORUM: (
        ("outcome",),
        _("There is no quorum. Note who is there, or enter the resolution as deferred: the next agenda proposes it."),
    ),
    P.NO_MAJORITY: (("votes_for", "outcome"), _("Adopted needs more votes for it than against it.")),
    P.CLOSED: ((), _("The minutes are closed. Open them again to change something.")),
    P.NOT_CLOSED: ((), _("Close the minutes before they go out.")),
    P.HAS_MINUTES: ((), _("Minutes, tasks or resolutions came of this item. It stays on the agenda.")),
    P.ENDED_BEFORE: (
        ("ended_on",),
        _("It ended before it began, or nobody has entered when it began. Check both days."),
    ),
    P.UNDER_ANOTHER: (
        ("parent",),
        _("A guiding goal stands under the roof or alone, an action goal under a guiding goal. Choose that one."),
    ),
    P.AMBER_FIRST: (("amber_at",), _("Amber lies on the worse side of green. Check the two values.")),
    P.NO_FIGURE: (("figure_key",), _("The catalogue has no such figure.")),
    P.NO_EFFECTIVE_DAY: (
        ("figure_key",),
        _("The resolution does not hold yet, or nobody has entered from which day. Correct that first."),
    ),
    P.NOT_ADOPTED: ((), _("Only what was adopted comes into force.")),
    P.NO_FINDING: (("finding",), _("Say what has changed, or that nothing has.")),
    P.NUMBER_TAKEN: (("number",), _("Another paper has this number. Take the next one.")),
    P.DEALT_WITH: (
        (),
        _("A committee has dealt with this paper: it stays as that committee read it. Write a supplementary paper."),
    ),
    P.NOT_IN_TURN: (("outcome",), _("An earlier committee has not dealt with the paper yet. Enter that first.")),
    P.NO_EDITION: (("edition",), _("This edition is not released, or you may not read it. Choose another one.")),
    P.FROZEN: (("text",), _("Adopted standing orders never change. Begin a new version.")),
}


def say(form: forms.Form, refused: SteeringRefused) -> None:
    """Put a refusal at its field, or above the form where it has none of them."""
    names, text = _REFUSED[refused.problem]
    form.add_error(next((name for name in names if name in form.fields), None), str(text))


def text_of(refused: SteeringRefused) -> Text:
    """What a refusal says where there is no form."""
    return _REFUSED[refused.problem][1]


def last_day_text(upper: date | None) -> str:
    """The last day of a half-open stretch in words; a dash where it has no end."""
    return german.day(upper - ONE_DAY) if upper else "–"


def days_text(days: DateRange) -> str:
    """A stretch of days in words: from the first to the last, or since the first."""
    first = german.day(days.lower) if days.lower else "–"
    return f"{first} – {last_day_text(days.upper)}" if days.upper else gettext("since %(day)s") % {"day": first}
