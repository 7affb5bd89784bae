"""Cases of the tests: invented people, counselled at the Rhein-Sieg-Kreis."""

from __future__ import annotations

from datetime import date

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Case, Choice
from kimwerk.casework.services import clarify, open_case
from kimwerk.casework.types import CaseFacts, CaseKind, ChoiceList, ClarificationFacts, Decision
from tests.cast import Cast
from tests.persons.people import COUNTY, register

OPENED = date(2022, 3, 7)


def choice(choice_list: ChoiceList, code: str) -> int:
    """The entry of a list, as every installation begins with it."""
    return Choice.objects.get(choice_list=choice_list.value, code=code).pk


def facts(cast: Cast, **changes: object) -> CaseFacts:
    """The frame of a case that came to the town hall of Siegburg."""
    values: dict[str, object] = {
        "kind": CaseKind.INDIVIDUAL_ADVICE,
        "municipality_id": cast.municipalities["Siegburg"],
        "access_path_id": choice(ChoiceList.ACCESS_PATH, "selbstmeldung"),
        "opened_on": OPENED,
    } | changes
    return CaseFacts(**values)  # type: ignore[arg-type]  # each test names the fields it changes


def opened(cast: Cast, actor: Actor, organisation: str = COUNTY, **changes: object) -> Case:
    """A case in clarification, about somebody registered for it. The actor must be named to the database."""
    person = register(cast, actor, organisation)
    return open_case(actor=actor, person_id=person.pk, facts=facts(cast, **changes))


def running(cast: Cast, actor: Actor, organisation: str = COUNTY, **changes: object) -> Case:
    """The same after its clarification: case management."""
    case = opened(cast, actor, organisation, **changes)
    decided = ClarificationFacts(Decision.CASE_MANAGEMENT, reason="Viele Stellen, kein Zugang.")
    return clarify(actor=actor, case=case, facts=decided)
