"""Errands of the diary: everything that changes something. One file a subject."""

from kimwerk.activities.services.entries import (
    correct_activity,
    log_activity,
    log_many,
    remove_activity,
    repeat_day,
    restore_activity,
)
from kimwerk.activities.services.loading import load_categories
from kimwerk.activities.services.refusals import ActivityChangedMeanwhile, EntriesRefused, EntryRefused

__all__ = [
    "ActivityChangedMeanwhile",
    "EntriesRefused",
    "EntryRefused",
    "correct_activity",
    "load_categories",
    "log_activity",
    "log_many",
    "remove_activity",
    "repeat_day",
    "restore_activity",
]
