"""Everything that changes something about needs and gaps."""

from kimwerk.needs.services.arising import count_failure, take_answers, take_over
from kimwerk.needs.services.gaps import bundle, change_gap, move_gap, open_gap
from kimwerk.needs.services.needs import check_need, correct_need, reject_need, report_need

__all__ = [
    "bundle",
    "change_gap",
    "check_need",
    "correct_need",
    "count_failure",
    "move_gap",
    "open_gap",
    "reject_need",
    "report_need",
    "take_answers",
    "take_over",
]
