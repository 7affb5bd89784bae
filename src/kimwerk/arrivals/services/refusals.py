"""Why an errand was not done."""

from __future__ import annotations

from collections.abc import Mapping

from kimwerk.arrivals.models import Registration
from kimwerk.arrivals.types import Problems, RegistrationField


class FamilyRefused(Exception):
    """Something is wrong with what all share, or with single members by their place."""

    def __init__(self, shared: Problems, members: Mapping[int, Problems]) -> None:
        super().__init__(shared, members)
        self.shared, self.members = shared, members


class OccasionClosed(Exception):
    """Nobody is registered for it on that day."""


class RegisteredOtherwise(Exception):
    """The family was registered before, and its rows say something else."""

    def __init__(self, row: Registration) -> None:
        super().__init__(row.pk)
        self.row = row


class RegistrationChangedMeanwhile(Exception):
    """Somebody else has corrected the row since it was read."""

    def __init__(self, current: Registration) -> None:
        super().__init__(current.pk)
        self.current = current


class NotToBeMerged(Exception):
    """The two rows cannot be one: of different occasions, of one family, or set aside already."""


class ContractRefused(Exception):
    """What an office asks for cannot be put into force; the argument says why."""


class NotCollected(Exception):
    """Something is said in columns that no office may have."""

    def __init__(self, fields: tuple[RegistrationField, ...]) -> None:
        super().__init__(fields)
        self.fields = fields


class PlaceRefused(Exception):
    """Every place is taken, or the child is not the office's."""


class NotAgreed(Exception):
    """Without a day on which somebody agreed, no file is opened for them."""


class TooEarlyToErase(Exception):
    """The time for which the lists are kept is not over."""


class AlreadyRegistered(Exception):
    """They came and are registered: there is nothing to be appointed."""


class AlreadyFetched(Exception):
    """An office has the row: what it has cannot be taken back, only corrected."""
