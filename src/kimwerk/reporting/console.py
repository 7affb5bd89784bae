"""Windows and choices as they are typed on the command line."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from decimal import Decimal

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from kimwerk.kernel import german
from kimwerk.kernel.figures import QueryError, QueryProblem
from kimwerk.kernel.german import DayError, NumberError
from kimwerk.kernel.periods import Period, PeriodError
from kimwerk.reporting.protecting import NotWholeMonths, TableTooLarge
from kimwerk.reporting.sizing import MOST_SHOWN
from kimwerk.reporting.wording import too_large_text


def day(text: str) -> date:
    """A day as 2022-04-21 or 21.04.2022."""
    try:
        return german.parse_day(text)
    except DayError:
        raise ArgumentTypeError(_("%(text)s is no day. Write 2022-04-21 or 21.04.2022.") % {"text": text}) from None


def number(text: str) -> Decimal:
    """A number as 6 or 5,5, more than nothing."""
    try:
        value = german.parse_number(text)
    except NumberError:
        raise ArgumentTypeError(_("%(text)s is no number.") % {"text": text}) from None
    if value <= 0:
        raise ArgumentTypeError(_("The number must be more than 0."))
    return value


def add_window_arguments(parser: ArgumentParser) -> None:
    """The options --from and --to."""
    parser.add_argument("--from", dest="first", type=day, required=True, metavar="DAY", help="first day")
    parser.add_argument("--to", dest="last", type=day, required=True, metavar="DAY", help="last day, included")
    parser.add_argument("--fte", type=number, metavar="N", help="full-time equivalents for rates per post")


def window_of(first: date, last: date) -> Period:
    """The days from first to last; CommandError if there are none."""
    try:
        return Period.of_days(first, last)
    except PeriodError:
        raise CommandError(_("The window ends before it begins. --to is the last day included.")) from None


def refusal_of(error: QueryError) -> str:
    """Why a figure cannot answer, in a sentence."""
    if error.problem is QueryProblem.TABLE_TOO_LARGE:
        return too_large_text(error.subject, MOST_SHOWN)
    sentences = {
        QueryProblem.UNKNOWN_DIMENSION: _("This figure cannot be broken down by %(subject)s."),
        QueryProblem.TOO_MANY_DIMENSIONS: _("A figure can be broken down by three different dimensions at most."),
        QueryProblem.UNKNOWN_MEMBER: _("There is no such member of %(subject)s."),
        QueryProblem.WINDOW_TOO_LONG: _("The window is longer than a hundred years. Check the years."),
        QueryProblem.PARAMETER_MISSING: _("This figure needs a number for %(subject)s that is more than 0."),
    }
    return sentences[error.problem] % {"subject": error.subject}


def unprotected_because(error: TableTooLarge | NotWholeMonths) -> str:
    """Why a table cannot be shown to those who count people and read no single case, and what can."""
    if isinstance(error, NotWholeMonths):
        return _(
            "You may count here, but not read single cases. Choose a window of whole months, also for the comparison."
        )
    return _(
        "You may count here, but not read single cases. So large a table cannot be protected at once: choose fewer "
        "dimensions, filters among them, or a shorter window."
    )
