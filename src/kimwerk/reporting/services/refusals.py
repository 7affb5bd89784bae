"""Why an errand about reports was not done."""

from __future__ import annotations

from kimwerk.reporting.models import ReportSection


class SectionChangedMeanwhile(Exception):
    """Somebody else has changed the section since it was read; `current` is what stands there now."""

    def __init__(self, current: ReportSection) -> None:
        super().__init__(str(current.pk))
        self.current = current


class ReportIsFull(Exception):
    """The report has as many sections or figures as it may have."""


class ChartDoesNotFit(Exception):
    """The chart cannot show the figure in this breakdown."""


class DraftIsOutdated(Exception):
    """The report has been changed since the draft was made; what nobody has read is not released."""


class FiguresAreMissing(Exception):
    """A figure of the draft has no numbers."""


class BuildIsUnderWay(Exception):
    """Files of this report are being made already."""


class WroteLast(Exception):
    """Whoever wrote last cannot release: two pairs of eyes look at every edition."""


class ReasonIsMissing(Exception):
    """There are findings; a release in spite of them needs a reason."""


class NotTheAuthor(Exception):
    """Somebody else answers for this section."""


class IsPublished(Exception):
    """The tables of this edition are public already, or on their way."""


class NotPublic(Exception):
    """What is not public cannot be withdrawn."""


class ThresholdTooLow(Exception):
    """The installation hides larger numbers than this publication would."""
