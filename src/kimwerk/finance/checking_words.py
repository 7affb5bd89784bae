"""Deviations of a cost table in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kimwerk.finance.checking import Deviation, DeviationKind
from kimwerk.finance.wording import euro
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text

_SENTENCES: Mapping[DeviationKind, Text] = {
    DeviationKind.SUM_OF_EXPENDITURE: _("the lines above come to %(expected)s, %(written)s is written."),
    DeviationKind.SUM_OF_INCOME: _("the lines above come to %(expected)s, %(written)s is written."),
    DeviationKind.BALANCE: _("expenditure less income is %(expected)s, %(written)s is written."),
    DeviationKind.PERCENTAGE: _("the percentage comes to %(expected)s, %(written)s is written."),
    DeviationKind.CUT_OFF: _("the cent is cut off. Rounded half up it is %(expected)s, %(written)s is written."),
    DeviationKind.PER_HEAD: _("people times rate is %(expected)s, %(written)s is written."),
    DeviationKind.FTE: _("the shares below come to %(expected)s, %(written)s is written."),
    DeviationKind.TEXT: _("“%(written)s” stands there as text, so that no program sums it. Enter it as a number."),
    DeviationKind.NO_NUMBER: _("“%(written)s” is no amount. Enter a number."),
}


def deviation_in_words(deviation: Deviation) -> str:
    """A deviation with its cell, line and year."""
    expected = deviation.expected
    if expected is None:
        shown = ""
    else:
        shown = german.number(expected, 2) if deviation.kind is DeviationKind.FTE else euro(expected)
    sentence = str(_SENTENCES[deviation.kind]) % {"written": deviation.written, "expected": shown}
    return f"{deviation.cell} ({deviation.label}, {deviation.year}): {sentence}"
