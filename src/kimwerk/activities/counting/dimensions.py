"""Along what the diary can be broken down, and where that stands in its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from kimwerk.activities.types import CategoryList
from kimwerk.kernel.figures import Dimension, MemberKind, Text
from kimwerk.kernel.periods import Period, Slice


class Shape(StrEnum):
    """How an entry of the diary holds its members of a dimension."""

    ONE = "one"  # in one column, maybe empty
    SEVERAL = "several"  # in an array, maybe empty
    DAY = "day"  # told from its day
    SORT = "sort"  # in two columns that are counted: participants of either sort


@dataclass(frozen=True, slots=True)
class Source:
    """A dimension with its place in the diary.

    `column` is the column that holds its members. `counted_as` names the counted column that holds it (kind
    groups are counted as kinds, slices of time as days). `category_list` is the list that names them.
    """

    dimension: Dimension
    shape: Shape
    column: str = ""
    counted_as: str = ""
    category_list: CategoryList | None = None
    slices: Callable[[Period], Iterator[Slice]] | None = None

    @property
    def key(self) -> str:
        """The key of the dimension."""
        return self.dimension.key


def _category(key: str, title: Text, category_list: CategoryList, column: str, shape: Shape = Shape.ONE) -> Source:
    is_multiple = shape is Shape.SEVERAL
    return Source(Dimension(key, title, is_multiple=is_multiple), shape, column, key, category_list)


def _time(key: str, title: Text, slices: Callable[[Period], Iterator[Slice]]) -> Source:
    return Source(Dimension(key, title, MemberKind.TIME), Shape.DAY, "day", DAY, slices=slices)


DAY = "day"
KIND_GROUP = "kind_group"
SORT = "sort"
STAFF = "staff"
WEEK = "week"
WEEKDAY = "weekday"
MUNICIPALITY = "municipality"

SOURCES: dict[str, Source] = {
    source.key: source
    for source in (
        _category("kind", _("Kind of activity"), CategoryList.KIND, "kind_id"),
        Source(Dimension(KIND_GROUP, _("Group of kinds")), Shape.ONE, "kind_id", "kind", CategoryList.KIND),
        _category("channel", _("Channel"), CategoryList.CHANNEL, "channel_id"),
        Source(
            Dimension(MUNICIPALITY, _("Municipality"), MemberKind.PLACE), Shape.ONE, "municipality_id", MUNICIPALITY
        ),
        Source(Dimension("site", _("Site"), MemberKind.PLACE), Shape.ONE, "site_id", "site"),
        Source(Dimension(STAFF, _("Done by"), MemberKind.PERSON), Shape.ONE, "done_by_id", STAFF),
        _category("topic", _("Topic"), CategoryList.TOPIC, "topics", Shape.SEVERAL),
        _category("target_group", _("Target group"), CategoryList.TARGET_GROUP, "target_groups", Shape.SEVERAL),
        _category("legal_circle", _("Legal circle"), CategoryList.LEGAL_CIRCLE, "legal_circles", Shape.SEVERAL),
        Source(Dimension("partner", _("Partner"), is_multiple=True), Shape.SEVERAL, "partners", "partner"),
        _category("referral_target", _("Referral target"), CategoryList.REFERRAL_TARGET, "referral_target_id"),
        _time("month", _("Month"), Period.months),
        _time(WEEK, _("Calendar week"), Period.iso_weeks),
        _time("quarter", _("Quarter"), Period.quarters),
        _time("year", _("Year"), Period.years),
        Source(Dimension(WEEKDAY, _("Weekday")), Shape.DAY, "day", DAY),
        Source(Dimension(SORT, _("Sort of participants")), Shape.SORT),
    )
}
"""Every dimension of the diary, in the order in which they are offered."""


def dimensions_of(*keys: str) -> tuple[Dimension, ...]:
    """The declarations of these dimensions, in the order in which they are offered."""
    return tuple(source.dimension for key, source in SOURCES.items() if key in keys)


ALL = tuple(key for key in SOURCES if key != SORT)
"""Keys of the dimensions along which activities themselves may be broken down."""

TIME = tuple(key for key, source in SOURCES.items() if source.slices)
"""Keys of the dimensions of time."""
