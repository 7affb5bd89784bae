from kimwerk.activities.models.activity import Activity
from kimwerk.activities.models.category import Category, CategoryMapping
from kimwerk.activities.models.counted import CountedColumn, StaleMonth
from kimwerk.activities.models.personal import Favourite, SavedView
from kimwerk.activities.models.settings import DiarySettings
from kimwerk.activities.models.tally import TallyChunk, TallyImport, TallyProfile, TallyRow

__all__ = [
    "Activity",
    "Category",
    "CategoryMapping",
    "CountedColumn",
    "DiarySettings",
    "Favourite",
    "SavedView",
    "StaleMonth",
    "TallyChunk",
    "TallyImport",
    "TallyProfile",
    "TallyRow",
]
