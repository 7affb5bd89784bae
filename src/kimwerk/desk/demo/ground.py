"""What the caseload's errands need to know: the day, and the keys of what was made before them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kimwerk.casework.selectors.choices import choices_of
from kimwerk.casework.types import ChoiceList
from kimwerk.desk.demo.county import County


@dataclass(frozen=True, slots=True)
class Ground:
    """What the errands need: keys of what was made before them, by the keys of the data files."""

    county: County
    today: date
    domain: str
    organisations: Mapping[str, int]
    municipalities: Mapping[str, int]
    sites: Mapping[str, int]
    accounts: Mapping[str, int]
    categories: Mapping[tuple[str, str], int]
    choices: Mapping[tuple[ChoiceList, str], int]

    def working_day(self, ago: int) -> date:
        """The day so many days ago, or the last working day before it."""
        day = self.today - timedelta(days=ago)
        while not self.county.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def ahead(self, days: int | None) -> date | None:
        """The day in so many days."""
        return None if days is None else self.today + timedelta(days=days)


def choice_keys() -> dict[tuple[ChoiceList, str], int]:
    """The entries of casework's lists, by list and code."""
    return {(each, choice.code): choice.pk for each in ChoiceList for choice in choices_of(each)}
