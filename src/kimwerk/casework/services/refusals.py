"""Why an errand of casework was not done: codes at fields, never sentences. Pages say them in German."""

from __future__ import annotations

from collections.abc import Mapping

from kimwerk.casework.types import CaseProblem, OpenPart, Problems
from kimwerk.kernel.figures import Text


class CaseRefused(Exception):
    """Something cannot stand like this; `problems` says what is wrong where."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(", ".join(f"{place}: {problem.value}" for place, problem in problems.items()))
        self.problems: Mapping[str, CaseProblem] = problems


class CaseComesTooEarly(Exception):
    """Something has to come before a case of this person; `objections` says what, in words."""

    def __init__(self, objections: tuple[Text, ...]) -> None:
        super().__init__(f"{len(objections)} objections")
        self.objections = objections


class CaseHasOpenParts(Exception):
    """The case cannot be closed yet: `parts` are still open."""

    def __init__(self, parts: tuple[OpenPart, ...]) -> None:
        super().__init__(", ".join(part.kind.value for part in parts))
        self.parts = parts


class CaseIsClosed(Exception):
    """A closed case is not written to."""


class ChangedMeanwhile(Exception):
    """Somebody else was faster. `current` is the version that stands now."""

    def __init__(self, current: int) -> None:
        super().__init__(str(current))
        self.current = current


def refuse(problems: Problems) -> None:
    """Raise CaseRefused if something is wrong."""
    if problems:
        raise CaseRefused(problems)
