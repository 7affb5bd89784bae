"""Sums that indentation tells: a line and what stands deeper below it, and what "davon" divides."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from kimwerk.reporting.plausibility import labels
from kimwerk.reporting.plausibility.claims import Found, Reader, as_labelled, nearly_agreeing
from kimwerk.reporting.plausibility.layout import Line


def by_indentation(reader: Reader) -> tuple[list[Found], set[int]]:
    """A line and what stands deeper below it; the deeper lines are no parts of anything else."""
    lines, found, hidden = reader.lines, list[Found](), set[int]()
    doubtful: list[tuple[int, list[int]]] = []
    for total in range(len(lines)):
        below = _deeper(lines, total)
        if not below:
            continue
        hidden.update(below)
        children = _children(lines, below)
        if _bulleted_only(lines, children) and below[-1] + 1 < len(lines):
            more = _unbulleted(reader, total, children, below[-1] + 1)
            if more:
                hidden.update(more.parts)
                found.append(more)
                continue
        for block in filter(None, _split(children, lines)):
            each, bits = reader.tried(total, block, labelled=True)
            if reader.is_believed(each, bits):
                found.append(each)
            elif each.asked and len(block) > 1 and not labels.is_part_only(lines[below[0]].label):
                doubtful.append((total, block))
    for total, block in doubtful:
        if found or any(labels.is_thereof(lines[at].label) for at in block):
            found += [each for each in as_labelled(reader, total, block) if not 2 * each.agreeing < each.asked > 2]
    return found, hidden


def _deeper(lines: Sequence[Line], total: int) -> list[int]:
    """The lines below that are indented more, as far as they reach."""
    return list(takewhile(lambda at: lines[at].level > lines[total].level, range(total + 1, len(lines))))


def _children(lines: Sequence[Line], below: Sequence[int]) -> list[int]:
    nearest = min(lines[at].level for at in below)
    return [at for at in below if lines[at].level == nearest and not labels.is_part_only(lines[at].label)]


def _bulleted_only(lines: Sequence[Line], children: Sequence[int]) -> bool:
    return len(children) == 1 and labels.is_thereof(lines[children[0]].label)


def _unbulleted(reader: Reader, total: int, first: Sequence[int], start: int) -> Found | None:
    """ "davon männlich" is followed by "weiblich" without the word: as far as it adds up, else to the next total."""
    order = [*first, *range(start, len(reader.lines))]
    found = reader.best_block(total, order, labelled=True)
    if found:
        return found
    block = list(takewhile(lambda at: not labels.is_total(reader.lines[at].label), order))
    nearly = nearly_agreeing(reader, total, block)
    return nearly[0] if nearly else None


def _split(children: Sequence[int], lines: Sequence[Line]) -> list[list[int]]:
    """Where "davon" stands again, the whole is divided again another way."""
    starts = [at for at in children if labels.is_thereof(lines[at].label)]
    if len(starts) < 2 or len(starts) == len(children):
        return [list(children)]
    blocks: list[list[int]] = []
    for child in children:
        if child in starts or not blocks:
            blocks.append([])
        blocks[-1].append(child)
    return blocks
