"""What the desk's pages show."""

from __future__ import annotations

from dataclasses import dataclass

from kimwerk.desk.selectors import SearchGroup
from kimwerk.kernel.due import DueItem
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Table


@dataclass(frozen=True, slots=True)
class TodayPage:
    """ "My day" (`today.html`): the day, what waits, and for a coordination the team's week in numbers."""

    day: str
    keeps_diary: bool
    due: tuple[DueItem, ...]
    team: Table | None = None
    team_window: Text = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the search found (`search.html`); `is_asked` once enough letters are there to look for."""

    words: str
    groups: tuple[SearchGroup, ...]
    is_asked: bool
