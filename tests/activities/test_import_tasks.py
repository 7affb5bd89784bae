"""The worker's side of an import: as whoever ordered it, and never leaving an import stuck."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from kimwerk.access.actors import Actor
from kimwerk.activities import tasks
from kimwerk.activities.models import Activity, TallyImport
from kimwerk.activities.services.tallies.orders import APPLY, CHECK, READ, order_applying, order_check, order_reading
from kimwerk.activities.services.tallies.planning import save_mapping
from kimwerk.activities.services.tallies.states import TallyNotReady
from kimwerk.activities.services.tallies.uploading import upload_tally
from kimwerk.activities.states import TallyState
from kimwerk.activities.tally import plan_from_json
from tests.activities.importing import FIRST, organisation_of, tally
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]


class Unforeseen(Exception):
    """Something that nobody thought of."""


@pytest.fixture
def brought(cast: Cast, act_as: Act) -> TallyImport:
    """A file of Frieda's that has just been uploaded."""
    return upload_tally(
        actor=act_as(cast.actor("frieda")),
        organisation_id=organisation_of(cast),
        file_name="tally.csv",
        pieces=[tally(FIRST)],
    )


def state_of(brought: TallyImport) -> TallyState:
    brought.refresh_from_db()
    return TallyState(brought.state)


def mapped(actor: Actor, brought: TallyImport) -> None:
    brought.refresh_from_db()
    save_mapping(actor=actor, tally_id=brought.pk, plan=plan_from_json(brought.plan))


def orders() -> list[tuple[str, dict[str, object]]]:
    with as_owner():
        return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "args"))


def test_what_is_ordered_is_done_as_whoever_ordered_it(brought: TallyImport, cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    asked = {"tally_id": brought.pk, "account_id": cast.accounts["frieda"]}
    order_reading(actor=frieda, tally=brought)
    tasks.read_tally(**asked)
    mapped(frieda, brought)
    order_check(actor=frieda, tally_id=brought.pk)
    tasks.check_tally(**asked)
    order_applying(actor=frieda, tally_id=brought.pk)
    tasks.apply_tally(**asked)
    assert state_of(brought) is TallyState.APPLIED
    assert Activity.objects.get().entered_by_id == cast.accounts["frieda"]
    assert orders() == [(READ, asked), (CHECK, asked), (APPLY, asked)]


def test_what_is_being_checked_is_not_ordered_twice(brought: TallyImport, cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    tasks.read_tally(tally_id=brought.pk, account_id=cast.accounts["frieda"])
    mapped(frieda, brought)
    order_check(actor=frieda, tally_id=brought.pk)
    with pytest.raises(TallyNotReady):
        order_check(actor=frieda, tally_id=brought.pk)


@pytest.mark.parametrize("task", [tasks.read_tally, tasks.check_tally, tasks.apply_tally])
def test_work_that_nobody_waits_for_any_more_is_put_down(
    task: Callable[..., None], brought: TallyImport, cast: Cast, act_as: Act
) -> None:
    act_as(cast.actor("frieda"))
    TallyImport.objects.update(state=TallyState.APPLIED)
    task(tally_id=brought.pk, account_id=cast.accounts["frieda"])
    assert state_of(brought) is TallyState.APPLIED


@pytest.mark.parametrize("task", [tasks.read_tally, tasks.check_tally, tasks.apply_tally])
def test_without_a_role_nothing_is_done(
    task: Callable[..., None], brought: TallyImport, cast: Cast, act_as: Act
) -> None:
    act_as(cast.actor("frieda"))
    task(tally_id=brought.pk, account_id=0)
    assert state_of(brought) is TallyState.UPLOADED


@pytest.mark.parametrize(
    ("task", "breaks", "before", "after"),
    [
        (tasks.read_tally, "reading.read_tally", TallyState.UPLOADED, TallyState.REFUSED),
        (tasks.check_tally, "checking.check_tally", TallyState.CHECKING, TallyState.FAILED),
        (tasks.apply_tally, "applying.apply_tally", TallyState.APPLYING, TallyState.CHECKED),
    ],
)
def test_an_unforeseen_error_leaves_an_import_that_can_go_on(
    task: Callable[..., None],
    breaks: str,
    before: TallyState,
    after: TallyState,
    brought: TallyImport,
    cast: Cast,
    act_as: Act,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(**_: object) -> None:
        raise Unforeseen

    monkeypatch.setattr(f"kimwerk.activities.services.tallies.{breaks}", fail)
    act_as(cast.actor("frieda"))
    TallyImport.objects.update(state=before)
    with pytest.raises(Unforeseen):
        task(tally_id=brought.pk, account_id=cast.accounts["frieda"])
    assert state_of(brought) is after
