"""Why an errand about consent was not done."""

from __future__ import annotations

from kimwerk.consent.types import Problems


class DeclarationRefused(Exception):
    """The declaration cannot stand like this; `problems` says what is wrong where."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(", ".join(f"{place.value}: {problem.value}" for place, problem in problems.items()))
        self.problems = problems


class NotCovered(Exception):
    """No consent in force and no statutory basis covers the disclosure. Nothing was told."""


class TextRefused(Exception):
    """The text cannot be changed or put into force like this; the message is a code."""


class ListRefused(Exception):
    """The entry cannot stand in the list like this; the message is a code."""
