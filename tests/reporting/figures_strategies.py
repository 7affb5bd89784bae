"""Figures of any shape, for properties that charts keep whatever they draw."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from kimwerk.kernel.figures import MISSING, Axis, Counted, Dimension, Member, MemberKind
from kimwerk.kernel.periods import Period

PART = Period(date(2022, 4, 1), date(2022, 4, 22))

WORDS = (
    "Erfassung",
    "und",
    "Migrantenselbstorganisationen",
    "Neunkirchen-Seelscheid",
    "Anerkennungsverfahren",
    "Träger/Kommune",
    "KW",
    "MMMMMMMM",
    "1",
    "für",
)
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
counts = st.one_of(st.integers(0, 9), st.integers(0, 99_999), st.none())
known = st.one_of(st.integers(0, 9), st.integers(0, 99_999))


@st.composite
def categories(draw: st.DrawFn, key: str = "kind", most: int = 14) -> Axis:
    """Categories with names of any length; some without a colour, sometimes with "not recorded" in between."""
    labels = draw(st.lists(names, min_size=1, max_size=most))
    slots = st.one_of(st.none(), st.integers(0, 20))
    members = [Member(f"{key}-{index}", label, draw(slots)) for index, label in enumerate(labels)]
    if draw(st.booleans()):
        members.insert(draw(st.integers(0, len(members))), Member(MISSING, "nicht erfasst"))
    return Axis(Dimension(key, key), tuple(members))


@st.composite
def times(draw: st.DrawFn, most: int = 60) -> Axis:
    """Slices of time, the first and the last perhaps covered only in part."""
    length = draw(st.integers(1, most))
    name = draw(st.sampled_from(("Januar {}", "KW {}/22", "{}", "Haushaltsjahr {}")))
    edges = {0: draw(st.booleans()), length - 1: draw(st.booleans())}
    members = tuple(
        Member(str(index), name.format(index + 1), covered=PART if edges.get(index) else None)
        for index in range(length)
    )
    return Axis(Dimension("time", "time", MemberKind.TIME), members)


@st.composite
def along(draw: st.DrawFn, axis: st.SearchStrategy[Axis]) -> Counted:
    """A figure along one axis; some values cannot be told, some are absent."""
    members = draw(axis)
    cells = {(member.key,): draw(counts) for member in members.members if draw(st.integers(0, 9))}
    return Counted((members,), cells, sum(value or 0 for value in cells.values()))


@st.composite
def across(
    draw: st.DrawFn, first: st.SearchStrategy[Axis], second: st.SearchStrategy[Axis], *, may_miss: bool = True
) -> Counted:
    """A figure along two axes."""
    one, other = draw(first), draw(second)
    values = counts if may_miss else known
    keys = [(row.key, column.key) for row in one.members for column in other.members]
    drawn = draw(st.lists(values, min_size=len(keys), max_size=len(keys)))
    return Counted((one, other), dict(zip(keys, drawn, strict=True)), sum(value or 0 for value in drawn))
