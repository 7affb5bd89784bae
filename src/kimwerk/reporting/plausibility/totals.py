"""Sums that the order of lines tells: a total below or above its parts, read from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from kimwerk.reporting.plausibility import labels
from kimwerk.reporting.plausibility.claims import Found, Reader, as_labelled, is_aside, nearly_agreeing
from kimwerk.reporting.plausibility.indentation import by_indentation


def totals_of(reader: Reader) -> list[Found]:
    """The sums along the sequence, by indentation too; and named totals that agree with nothing they claim to."""
    lines = reader.lines
    found, hidden = by_indentation(reader)
    stack, neat = list[int](), list[int]()
    """What is no part of a sum yet; in `neat` a sum that disagrees has taken its parts away too."""
    barrier, open_totals = -1, list[tuple[int, list[int], list[int]]]()
    for total in range(len(lines)):
        if total in hidden:
            continue
        label = lines[total].label
        named = reader.is_named(total)
        if stack and not is_aside(label):
            since = [at for at in neat if at > barrier] if named else []
            natural = since if named and labels.is_partial_total(label) and since else neat
            tried = (
                reader.best_block(total, each[::-1] if named else each[: -reader.reach - 1 : -1], labelled=named,
                                  natural=len(natural))
                for each in ((neat, stack) if neat != stack else (neat,))
            )  # fmt: skip
            each = next((found for found in tried if found), None)
            if each:
                found.append(each)
                stack, neat = ([at for at in old if at not in each.parts] for old in (stack, neat))
                barrier = total
            elif labels.is_total(label):
                open_totals.append((total, natural, since))
                neat = [at for at in neat if at not in natural]
                barrier = total
        elif named:
            open_totals.append((total, [], []))
        if not labels.is_part_only(label):
            stack.append(total)
            neat.append(total)
    leading, outer = _leading(reader, stack)
    is_leading = len({each.total for each in leading}) > len(found)
    found += leading
    found += _unresolved(reader, found, open_totals, outer if leading else [], is_leading=is_leading)
    if lines and labels.is_total(lines[0].label) and 0 not in {each.total for each in found}:
        following = [at for at in range(1, len(lines)) if at not in hidden and not is_aside(lines[at].label)]
        if not any(labels.is_total(lines[at].label) for at in following) and following:
            found += as_labelled(reader, 0, following, is_first=True)
    return found


def _unresolved(
    reader: Reader, found: Sequence[Found], open_totals: Sequence[tuple[int, list[int], list[int]]],
    outer: Sequence[int], *, is_leading: bool,
) -> list[Found]:  # fmt: skip
    """What is named a sum and agrees with nothing yet: perhaps with sums found since, else with what stands nearest."""
    resolved, more = {each.total for each in found}, list[Found]()
    for total, natural, since in open_totals:
        if total in resolved:
            continue
        before = [at for at in outer if at < total and not is_aside(reader.lines[at].label)]
        sums = [at for at in before if labels.is_total(reader.lines[at].label)]
        tried = (reader.best_block(total, lines[::-1], labelled=True, natural=len(lines)) for lines in (before, sums))
        each = next((block for block in tried if block), None)
        if each:
            more.append(each)
            continue
        after = _until_next_total(reader, total)
        if is_leading and after and labels.is_partial_total(reader.lines[total].label):
            more += as_labelled(reader, total, after)
            continue
        choices = [part for part in (before, natural, since) if part]
        if choices:
            more += as_labelled(reader, total, min(choices, key=lambda each: reader.off(total, each)))
    return more


def _until_next_total(reader: Reader, total: int) -> list[int]:
    lines: list[int] = []
    for at in range(total + 1, len(reader.lines)):
        if labels.is_total(reader.lines[at].label):
            break
        lines.append(at)
    return lines


def _leading(reader: Reader, open_lines: Sequence[int]) -> tuple[list[Found], list[int]]:
    """Totals that stand before their parts, perhaps before several divisions; and the lines that are parts of none."""
    found: list[Found] = []
    stack: list[int] = []
    for total in reversed([at for at in open_lines if not is_aside(reader.lines[at].label)]):
        named = reader.is_named(total)
        following = stack[::-1] if named else stack[: -reader.reach - 1 : -1]
        each = reader.best_block(total, following, labelled=named) if following else None
        if each:
            found.append(each)
            taken = len(each.parts)
            while following[taken:] and (again := reader.best_block(total, following[taken:], labelled=named)):
                found.append(again)
                taken += len(again.parts)
            found += _another_division(reader, total, following[taken:]) if named else []
            del stack[len(stack) - taken :]
        stack.append(total)
    return found, stack[::-1]


def _another_division(reader: Reader, total: int, following: Sequence[int]) -> list[Found]:
    """What stands below the parts of a named total up to the next one, if it is nearly the total again."""
    lines = reader.lines
    block = list(takewhile(lambda at: not labels.is_total(lines[at].label), following))
    if any(labels.is_part_only(lines[at].label) for at in block):
        return []
    return nearly_agreeing(reader, total, block) if len(block) > 1 else []
