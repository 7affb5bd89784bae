"""What rooms above count of each person's work: numbers by account, offered once where their app is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Text


@dataclass(frozen=True, slots=True)
class Workload:
    """One number of each person: what is counted, and how much by the account's key. Nothing is a 0."""

    title: Text
    counts: Mapping[int, int]


Offer = Callable[[Actor, Sequence[int]], Workload | None]
"""What a room counts of these accounts; None if this actor may not know."""

_offers: list[Offer] = []


def offer_workload(offer: Offer) -> None:
    """Put a number beside everybody in the list of staff. Offered twice, it stands once."""
    if offer not in _offers:
        _offers.append(offer)


def workloads_of(actor: Actor, accounts: Sequence[int]) -> tuple[Workload, ...]:
    """The numbers of all rooms above that this actor may know."""
    asked = (offer(actor, accounts) for offer in _offers)
    return tuple(each for each in asked if each is not None)
