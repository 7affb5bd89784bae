"""The sequences of lines in which sums are looked for: as they stand, and along each dimension of their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kimwerk.reporting.plausibility import labels
from kimwerk.reporting.plausibility.layout import Line

MANY_LINES = 5_000


@dataclass(frozen=True, slots=True)
class Run:
    """Lines one after the other, the same in every group: municipalities, or men and women of each municipality."""

    lines: tuple[Line, ...]
    groups: tuple[tuple[int, ...], ...]


def runs_of(lines: Sequence[Line]) -> Iterator[Run]:
    """The lines as they stand, and along each dimension of their labels."""
    depth = max(len(line.key) for line in lines)
    varying = [at for at in range(depth) if len({_part(line, at) for line in lines}) > 1]
    for at in varying if len(varying) > 1 else ():
        groups: dict[tuple[str, ...], list[Line]] = {}
        for line in lines:
            rest = tuple(_part(line, other) for other in varying if other != at)
            groups.setdefault(rest, []).append(line)
        alike: dict[tuple[str, ...], list[list[Line]]] = {}
        for group in groups.values():
            members = tuple(_part(line, at) for line in group)
            if len(members) > 1 and len(set(members)) == len(members) and all(members):
                alike.setdefault(members, []).append(group)
        for members, found in alike.items():
            named = tuple(
                Line(line.at, name, (name,), labels.level_of(name), line.is_percent, line.is_additive)
                for name, line in zip(members, found[0], strict=True)
            )
            yield Run(named, tuple(tuple(line.at for line in group) for group in found))
    if len(lines) <= MANY_LINES:
        yield Run(tuple(_with_levels(lines)), (tuple(line.at for line in lines),))


def _part(line: Line, at: int) -> str:
    return line.key[at] if at < len(line.key) else ""


def _with_levels(lines: Sequence[Line]) -> Iterator[Line]:
    """A sum stands no deeper than what it sums, whatever its indentation; "davon" reaches to the end of its block."""
    before = 0
    for number, line in enumerate(lines):
        level = line.level
        if number and level > before and labels.is_total(line.label.strip()):
            level = before
        before = level
        yield Line(line.at, line.label, line.key, level, line.is_percent, line.is_additive)
