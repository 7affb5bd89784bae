"""What stands in the log."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How an entry came about."""

    CHANGE = "change"  # a trigger saw a row inserted, updated or deleted
    ACT = "act"  # an errand was done
    READ = "read"  # personal data were handed out
    REFUSED = "refused"  # somebody was turned away


@dataclass(frozen=True, slots=True)
class Flaw:
    """A place where the log is not what was sealed."""

    first_event: int
    last_event: int
    reason: FlawReason


class FlawReason(StrEnum):
    """What is wrong at that place."""

    CHANGED = "changed"  # an entry's contents do not match its digest
    MISSING = "missing"  # entries of a sealed batch are gone
    ADDED = "added"  # entries stand in a sealed batch that were not there
    REWRITTEN = "rewritten"  # a batch's entries agree among themselves but not with its seal
    CHAIN_BROKEN = "chain_broken"  # a seal does not follow from the one before
    HEAD_DIFFERS = "head_differs"  # no seal is the one written down elsewhere


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking the whole log."""

    events: int
    seals: int
    unsealed: int
    head: str
    flaws: tuple[Flaw, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.flaws
