"""What differs between two editions: number by number, and never across a break in the series.

Answers over the same days that differ are corrections. Answers over other days are compared, with the lengths of
both windows. Where a definition or a category has changed, nothing is subtracted: it is named as a break.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kimwerk.kernel.figures import MISSING, Axis, Member, MemberKind, Value, WindowKind
from kimwerk.reporting.content import Change, Content, FrozenFigure
from kimwerk.reporting.types import ChangeKind

Question = tuple[str, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]


def changes_between(before: Content, after: Content) -> tuple[Change, ...]:
    """Every difference, in the order of the later edition; what only the earlier one had comes last."""
    earlier: dict[Question, list[FrozenFigure]] = defaultdict(list)
    for figure in before.figures:
        if figure.table:
            earlier[_question(figure)].append(figure)
    found: list[Change] = []
    for figure in after.figures:
        if not figure.table:
            continue
        same = earlier.get(_question(figure))
        found += _differences(same.pop(0), figure) if same else [_named(ChangeKind.FIGURE_NEW, figure)]
    found += [_named(ChangeKind.FIGURE_GONE, figure) for left in earlier.values() for figure in left]
    return tuple(found)


def _question(figure: FrozenFigure) -> Question:
    only = figure.answer.query.only
    return figure.key, tuple(axis.dimension.key for axis in figure.axes), tuple(sorted(only.items()))


def _differences(before: FrozenFigure, after: FrozenFigure) -> Iterator[Change]:
    if _definition(before) != _definition(after):
        yield _named(ChangeKind.REDEFINED, after)
        return
    is_same_window = before.days == after.days
    if not is_same_window:
        yield _change(ChangeKind.COMPARED, before, after, "", before.total, after.total)
    elif before.total != after.total:
        yield _change(ChangeKind.CORRECTED, before, after, "", before.total, after.total)
    if is_same_window:
        yield from _corrected(before, after)
    elif len(after.axes) == 1:
        yield from _compared(before, after)


def _definition(figure: FrozenFigure) -> tuple[str, str, str, bool, tuple[tuple[str, str], ...]]:
    declared, query = figure.answer.figure, figure.answer.query
    parameters = tuple(sorted((key, str(value)) for key, value in query.parameters.items()))
    fixed = () if declared.is_additive else parameters
    return str(declared.counts), str(declared.population), declared.unit.value, declared.is_additive, fixed


def _corrected(before: FrozenFigure, after: FrozenFigure) -> Iterator[Change]:
    """Every cell of which both editions speak and say something else."""
    yield from _membership(before, after)
    known = [_keys(one) & _keys(other) for one, other in zip(before.axes, after.axes, strict=True)]
    was, now = before.answer.counted.cells, after.answer.counted.cells
    for key in sorted({*was, *now}):
        if all(member in members for member, members in zip(key, known, strict=True)):
            old, new = was.get(key, 0), now.get(key, 0)
            if old != new:
                yield _change(ChangeKind.CORRECTED, before, after, _label(after, key), old, new)


def _compared(before: FrozenFigure, after: FrozenFigure) -> Iterator[Change]:
    """The cells of a breakdown by categories; slices of time only where both editions cover them whole."""
    was, now = before.answer.counted.cells, after.answer.counted.cells
    if after.axes[0].dimension.kind is MemberKind.TIME:
        earlier = {member.key: member for member in before.axes[0].members}
        for member in after.axes[0].members:
            same = earlier.get(member.key)
            if same and not same.covered and not member.covered:
                old, new = was.get((member.key,), 0), now.get((member.key,), 0)
                if old != new:
                    yield _change(ChangeKind.CORRECTED, before, after, member.label, old, new)
        return
    yield from _membership(before, after)
    common = _keys(before.axes[0]) & _keys(after.axes[0])
    for member in after.axes[0].members:
        if member.key in common:
            key = (member.key,)
            yield _change(ChangeKind.COMPARED, before, after, _name(member), was.get(key, 0), now.get(key, 0))


def _membership(before: FrozenFigure, after: FrozenFigure) -> Iterator[Change]:
    """Categories that one of the editions does not have; slices of time come and go with the window."""
    for one, other in zip(before.axes, after.axes, strict=True):
        if other.dimension.kind is MemberKind.TIME:
            continue
        for member in other.members:
            if member.key not in _keys(one) and member.key != MISSING:
                yield _change(ChangeKind.MEMBER_NEW, before, after, member.label, None, _alone(after, member))
        for member in one.members:
            if member.key not in _keys(other) and member.key != MISSING:
                yield _change(ChangeKind.MEMBER_GONE, before, after, member.label, _alone(before, member), None)


def _alone(figure: FrozenFigure, member: Member) -> Value:
    """The number of a member where it is the only dimension."""
    return figure.answer.counted.cells.get((member.key,), 0) if len(figure.axes) == 1 else None


def _keys(axis: Axis) -> set[str]:
    return {member.key for member in axis.members}


def _label(figure: FrozenFigure, key: tuple[str, ...]) -> str:
    members = ({member.key: member for member in axis.members} for axis in figure.axes)
    return ", ".join(_name(each[part]) if part in each else part for each, part in zip(members, key, strict=True))


def _name(member: Member) -> str:
    return member.label


def _named(kind: ChangeKind, figure: FrozenFigure) -> Change:
    return Change(kind, figure.title, figure.answer.figure.unit.value)


def _change(kind: ChangeKind, before: FrozenFigure, after: FrozenFigure, what: str, old: Value, new: Value) -> Change:
    """A correction speaks of the same days in both editions, whatever else their windows hold; so does a stock."""
    declared = after.answer.figure
    is_of_windows = kind is not ChangeKind.CORRECTED and declared.window_kind is WindowKind.WINDOW
    grows = declared.is_additive and is_of_windows
    return Change(
        kind, after.title, declared.unit.value, what, old, new, declared.places, grows,
        before.window.days, after.window.days,
    )  # fmt: skip
