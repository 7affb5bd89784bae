"""What keeps a case from being closed. Every part of casework that can be open adds its own check."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Case
from kimwerk.casework.types import OpenPart

Check = Callable[[Actor, Case], Iterable[OpenPart]]
_checks: list[Check] = []


def keeps_open(check: Check) -> Check:
    """Register a check; done once, where the app is ready. What it yields must be settled before the end."""
    if check not in _checks:
        _checks.append(check)
    return check


def open_parts(actor: Actor, case: Case) -> tuple[OpenPart, ...]:
    """Everything that is still open in the case."""
    return tuple(part for check in _checks for part in check(actor, case) if part.amount)
