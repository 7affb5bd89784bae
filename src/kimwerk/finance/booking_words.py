"""Why a row of a file of bookings is refused, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.finance.booking_file import NoBookings, RowProblem
from kimwerk.kernel.figures import Text

_PROBLEMS: Mapping[RowProblem, Text] = {
    RowProblem.NO_DAY: gettext_lazy('Row %(row)s: "%(written)s" is no day. Write it like 31.03.2022.'),
    RowProblem.WRONG_YEAR: gettext_lazy("Row %(row)s: %(written)s does not lie in %(year)s. Book it in its own year."),
    RowProblem.AMOUNT_IS_TEXT: gettext_lazy(
        'Row %(row)s: the amount "%(written)s" is stored as text. Turn the column into numbers and read the file again.'
    ),
    RowProblem.NO_AMOUNT: gettext_lazy('Row %(row)s: "%(written)s" is no amount other than 0, such as 1.234,50.'),
    RowProblem.PLACES: gettext_lazy("Row %(row)s: %(written)s has parts of a cent. Round it in the books."),
    RowProblem.NO_REFERENCE: gettext_lazy("Row %(row)s: there is no voucher number of at most 60 characters."),
    RowProblem.UNKNOWN_LINE: gettext_lazy('Row %(row)s: the plan has no line "%(written)s".'),
    RowProblem.TWICE: gettext_lazy("Row %(row)s: voucher %(written)s stands on this line of the file twice."),
    RowProblem.CHANGED: gettext_lazy(
        "Row %(row)s: voucher %(written)s is booked on this line with another day or amount. Take the earlier file"
        " back, or correct this row."
    ),
}


def refusal_of_row(row: int, problem: str, written: str, year: int) -> str:
    """One refused row as a sentence."""
    return str(_PROBLEMS[RowProblem(problem)]) % {"row": row, "written": written, "year": year}


def refusal_of_file(error: NoBookings) -> str:
    """Why nothing can be read from a file."""
    if error.missing:
        return _("The file has no row of headings with these columns: %(columns)s.") % {
            "columns": ", ".join(error.missing)
        }
    return _("The file cannot be read. Save it as XLSX or CSV.")
