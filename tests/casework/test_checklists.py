"""The checklists of module 3: kept with the case; an authority learns what it is explicitly told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.roles import Role
from kimwerk.casework.checklist_catalogue import ItemKind, catalogue
from kimwerk.casework.checklist_types import (
    PURPOSE,
    ChecklistField,
    ChecklistProblem,
    ChecklistState,
    ItemState,
    Standing,
)
from kimwerk.casework.models import Checklist
from kimwerk.casework.selectors.checklists import checklist_file, checklists
from kimwerk.casework.services.checklists import (
    ChecklistMoved,
    ChecklistRefused,
    NothingCovered,
    begin_checklist,
    disclose_to_authority,
    set_standing,
    tick_items,
)
from kimwerk.consent.models import Disclosure
from kimwerk.kernel.data_categories import DataCategory
from tests.casework.cases import running
from tests.casework.referring import JOBCENTER, agent, consent_for
from tests.cast import Cast

Act = Callable[[Actor], Actor]
TODAY = timezone.localdate()


def begun(cast: Cast, actor: Actor) -> Checklist:
    return begin_checklist(actor=actor, case=running(cast, actor), list_key="einbuergerung")


def test_a_list_begins_with_every_line_open(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    file = checklist_file(frieda, begun(cast, frieda).pk)
    assert file
    assert len(file.lines) == len(catalogue()["einbuergerung"].items)
    assert {line.state for line in file.lines} == {ItemState.OPEN}
    assert (file.settled, file.is_outdated) == (0, False)
    assert file.of_kind(ItemKind.DOCUMENT)


def test_lines_are_ticked_and_the_second_of_two_is_told(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    checklist = begun(cast, frieda)
    states = {"pass": ItemState.READY, "rente": ItemState.NOT_NEEDED}
    tick_items(actor=frieda, checklist=checklist, version=1, states=states)
    file = checklist_file(frieda, checklist.pk)
    assert file
    assert file.settled == 2
    with pytest.raises(ChecklistMoved):
        tick_items(actor=frieda, checklist=checklist, version=1, states={"pass": ItemState.MISSING})


def test_a_list_runs_once_in_a_case(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    checklist = begun(cast, frieda)
    with pytest.raises(ChecklistRefused) as refused:
        begin_checklist(actor=frieda, case=checklist.case, list_key="einbuergerung")
    assert refused.value.problems == {ChecklistField.LIST: ChecklistProblem.RUNS_ALREADY}
    set_standing(actor=frieda, checklist=checklist, version=1, standing=Standing(ChecklistState.DROPPED))
    begin_checklist(actor=frieda, case=checklist.case, list_key="einbuergerung")


def test_an_unknown_list_is_refused(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(ChecklistRefused):
        begin_checklist(actor=frieda, case=running(cast, frieda), list_key="nichts")


@pytest.mark.parametrize(
    ("standing", "field", "problem"),
    [
        (Standing(ChecklistState.APPLIED), ChecklistField.APPLIED_ON, ChecklistProblem.MISSING),
        (Standing(ChecklistState.GRANTED), ChecklistField.DECIDED_ON, ChecklistProblem.MISSING),
        (
            Standing(ChecklistState.APPLIED, applied_on=date(2999, 1, 1)),
            ChecklistField.APPLIED_ON,
            ChecklistProblem.IN_THE_FUTURE,
        ),
        (
            Standing(ChecklistState.GRANTED, applied_on=TODAY, decided_on=TODAY - timedelta(days=1)),
            ChecklistField.DECIDED_ON,
            ChecklistProblem.BEFORE_APPLICATION,
        ),
        (Standing(ChecklistState.PREPARING, authority_id=0), ChecklistField.AUTHORITY, ChecklistProblem.UNKNOWN),
    ],
)
def test_a_standing_that_cannot_be_is_refused_at_its_field(
    cast: Cast, act_as: Act, standing: Standing, field: ChecklistField, problem: ChecklistProblem
) -> None:
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(ChecklistRefused) as refused:
        set_standing(actor=frieda, checklist=begun(cast, frieda), version=1, standing=standing)
    assert refused.value.problems == {field: problem}


def with_authority(cast: Cast, frieda: Actor) -> Checklist:
    standing = Standing(ChecklistState.PREPARING, authority_id=cast.organisations[JOBCENTER])
    return set_standing(actor=frieda, checklist=begun(cast, frieda), version=1, standing=standing)


def test_nothing_reaches_the_authority_without_a_consent(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    checklist = with_authority(cast, frieda)
    with pytest.raises(NothingCovered):
        disclose_to_authority(actor=frieda, checklist=checklist, categories=frozenset({DataCategory.IDENTITY}))
    assert not Disclosure.objects.exists()


def test_the_authority_gets_what_was_chosen_and_covered_once(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    checklist = with_authority(cast, frieda)
    consent_for(cast, checklist.case, categories=(DataCategory.IDENTITY,), purpose=PURPOSE)
    made = disclose_to_authority(actor=frieda, checklist=checklist, categories=frozenset({DataCategory.IDENTITY}))
    assert made.recipient_id == cast.organisations[JOBCENTER]
    with pytest.raises(NothingCovered):
        disclose_to_authority(
            actor=frieda, checklist=checklist, categories=frozenset({DataCategory.IDENTITY, DataCategory.LANGUAGE})
        )


@pytest.mark.parametrize("role", [Role.PARTNER_OFFICE, Role.PARTNER_AGENCY])
def test_an_authority_finds_no_checklist(cast: Cast, act_as: Act, role: Role) -> None:
    frieda = act_as(cast.actor("frieda"))
    checklist = with_authority(cast, frieda)
    officer = act_as(agent(cast, role=role))
    assert list(checklists(officer)) == []
    assert list(Checklist.objects.visible_to(officer)) == []
    assert list(Checklist.objects.all()) == []
    with pytest.raises(PermissionDenied):
        tick_items(actor=officer, checklist=checklist, version=checklist.version, states={})
