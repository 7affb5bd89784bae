"""Pairs of a register that share a blocking key."""

from __future__ import annotations

import numpy as np

from kimwerk.persons.matching.keys import largest_block
from kimwerk.persons.matching.register import Ints, Register

SLICES = 16
"""Keys are sorted slice by slice, so that a million registrations need no gigabyte for it."""


def candidate_pairs(register: Register) -> Ints:
    """Two rows of positions, the smaller above the larger, every pair once and in order."""
    limit = largest_block(len(register))
    found = [np.empty(0, np.int64)]
    for part in range(SLICES):
        chosen = (register.keys & (SLICES - 1)) == part
        pairs = _pairs_in_blocks(register.keys[chosen], register.key_owner[chosen], limit)
        found.append(np.unique(pairs[0] * len(register) + pairs[1]))
    return np.stack(np.divmod(np.unique(np.concatenate(found)), max(1, len(register))))


def _pairs_in_blocks(keys: Ints, owners: Ints, limit: int) -> Ints:
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.empty(0, np.int64)
    sizes = np.diff(np.append(starts, len(keys)))
    usable = (sizes > 1) & (sizes <= limit)
    starts, sizes = starts[usable], sizes[usable]
    pairs = [np.empty((2, 0), np.int64)]
    first, left = _members(starts, sizes)
    for distance in range(1, limit):
        first, left = first[left > 0], left[left > 0] - 1
        if not len(first):
            break
        pairs.append(np.stack([owners[first], owners[first + distance]]))
    return np.concatenate(pairs, axis=1)


def _members(starts: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Every position in a block, and how many follow it there."""
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.repeat(starts, sizes) + within, np.repeat(sizes, sizes) - 1 - within
