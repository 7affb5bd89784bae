"""How a chart writes: numbers, shares and notes in the language of the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kimwerk.kernel.figures import Member, Value


@dataclass(frozen=True, slots=True)
class Wording:
    """What the caller says so that a chart can be read.

    `number` writes a value ("1.233"; None as "cannot be told"). `share` writes a part of a whole
    ("12,5 %"), or is None where shares make no sense (rates, several units). `incomplete` says in
    two or three words which days of a slice of time are covered ("bis 21.04."). `values` names
    what the value axis counts ("Maßnahmen"). `places` is the number of decimals of the figure.
    """

    number: Callable[[Value], str]
    incomplete: Callable[[Member], str]
    values: str
    share: Callable[[Value, Value], str] | None = None
    places: int = 0
