"""Why an errand about a person was not done: codes at fields, never sentences and never a name."""

from __future__ import annotations

from kimwerk.kernel.figures import Text
from kimwerk.persons.models import Person
from kimwerk.persons.types import PersonField, Problems


class PersonRefused(Exception):
    """The facts cannot stand like this; `problems` says what is wrong where."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(", ".join(f"{place.value}: {problem.kind.value}" for place, problem in problems.items()))
        self.problems = problems


class PersonChangedMeanwhile(Exception):
    """Somebody else was faster. `current` is what stands now; `differences` are the fields that differ."""

    def __init__(self, current: Person, differences: tuple[PersonField, ...]) -> None:
        super().__init__(", ".join(differences))
        self.current = current
        self.differences = differences


class NotEntrusted(Exception):
    """The account cannot be entrusted: it holds no role at the person's organisation that keeps files."""


class ErasureRefused(Exception):
    """The person cannot be erased yet; `objections` says why, in words."""

    def __init__(self, objections: tuple[Text, ...]) -> None:
        super().__init__(" ".join(str(each) for each in objections))
        self.objections = objections
