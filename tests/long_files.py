"""Which files are begun first, so that the processes of the tests end at about the same time."""

from __future__ import annotations

JOURNEYS = "tests/journeys/"

LONG_FILES = (
    "tests/journeys/test_demo.py",
    "tests/attacks/test_doors.py",
    "tests/journeys/test_evaluation_years.py",
    "tests/journeys/test_report.py",
    "tests/activities/test_import_for_real.py",
    "tests/arrivals/test_import_for_real.py",
)
"""The longest first. A process works through a whole file, and a long one begun last is waited for by all others.

The second one needs neither browser nor synthetic county, so that one process makes the county while another works.
"""


def turn_of(nodeid: str) -> int:
    """The place of a test's file in the queue: the long ones, then all journeys, then the rest."""
    file = nodeid.partition("::")[0]
    if file in LONG_FILES:
        return LONG_FILES.index(file)
    return len(LONG_FILES) + (not file.startswith(JOURNEYS))
