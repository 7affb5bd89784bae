"""Why an errand of the diary was not done: codes at fields, never sentences. Pages say them in German."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import DataError, IntegrityError

from kimwerk.activities.models import Activity
from kimwerk.activities.types import EntryField, EntryProblem

Problems = Mapping[EntryField, EntryProblem]


class EntryRefused(Exception):
    """An entry cannot be made like this; `problems` says what is wrong where."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(", ".join(f"{place.value}: {problem.value}" for place, problem in problems.items()))
        self.problems = problems


class EntriesRefused(Exception):
    """Some of many entries cannot be made; none was. `problems` is by their place in the list, from 0."""

    def __init__(self, problems: Mapping[int, Problems]) -> None:
        super().__init__(f"{len(problems)} entries")
        self.problems = problems


class ActivityChangedMeanwhile(Exception):
    """Somebody else was faster. `current` is what stands now; `differences` are the fields that differ."""

    def __init__(self, current: Activity, differences: tuple[EntryField, ...]) -> None:
        super().__init__(", ".join(differences))
        self.current = current
        self.differences = differences


_BY_CONSTRAINT = {
    "activity_ends_after_it_begins": (EntryField.LAST_DAY, EntryProblem.ENDS_BEFORE_IT_BEGINS),
    "activity_day_is_plausible": (EntryField.DAY, EntryProblem.LONG_AGO),
    "activity_participants_are_plausible": (EntryField.PARTICIPANTS_TARGET, EntryProblem.TOO_MANY),
    "activity_minutes_are_plausible": (EntryField.MINUTES, EntryProblem.TOO_MANY),
    "activities_activity_minutes_check": (EntryField.MINUTES, EntryProblem.NEGATIVE),
    "activities_activity_participants_target_check": (EntryField.PARTICIPANTS_TARGET, EntryProblem.NEGATIVE),
    "activities_activity_participants_partner_check": (EntryField.PARTICIPANTS_PARTNER, EntryProblem.NEGATIVE),
    "activity_categories_are_of_their_list": (EntryField.KIND, EntryProblem.UNKNOWN),
    "activity_partners_exist": (EntryField.PARTNERS, EntryProblem.UNKNOWN),
    "activity_only_referrals_have_a_target": (EntryField.REFERRAL_TARGET, EntryProblem.NOT_A_REFERRAL),
    "activity_site_lies_in_its_municipality": (EntryField.SITE, EntryProblem.SITE_ELSEWHERE),
}


def refusal_of(error: IntegrityError | DataError) -> EntryRefused | None:
    """The database's own refusal of an entry as one at a field; None when it is about something else."""
    diagnosis = getattr(error.__cause__, "diag", None)
    constraint = getattr(diagnosis, "constraint_name", None) or ""
    if constraint in _BY_CONSTRAINT:
        return EntryRefused(dict([_BY_CONSTRAINT[constraint]]))
    return None
