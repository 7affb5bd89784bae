"""What the errands of an import share: holding it, giving it up, and putting work into the hands of a worker."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from procrastinate.contrib.django import app

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.activities.states import TallyState
from kimwerk.activities.uploads.receiving import receive, tidy_name
from kimwerk.activities.uploads.running import TallyForgotten, TallyNotReady, is_silent, move, take_over
from kimwerk.arrivals.models import ListImport, ListPiece, ListRow, Occasion
from kimwerk.arrivals.policies import may_import
from kimwerk.arrivals.services.writing import account_of
from kimwerk.audit.services import record
from kimwerk.kernel.sheets.refusals import FileRefused, Refusal

READ, CHECK, APPLY = "arrivals.read_list", "arrivals.check_list", "arrivals.apply_list"
S = TallyState
CHECKABLE = frozenset({S.MAPPING, S.CHECKING, S.CHECKED, S.CANCELLED, S.FAILED, S.UNDONE})
CANCELLABLE = frozenset({S.UPLOADED, S.REFUSED, S.MAPPING, S.CHECKING, S.CHECKED, S.FAILED})
KEPT_DAYS = 14
"""Days after its last step for which file and cells of an import are kept."""


@transaction.atomic
def upload_list(*, actor: Actor, occasion: Occasion, file_name: str, pieces: Iterable[bytes]) -> ListImport:
    """Store a file and have it read: whole, or not at all. Raises FileRefused when it is empty or too large."""
    if not may_import(actor, occasion.organisation_id):
        raise PermissionDenied
    brought = ListImport.objects.create(
        organisation_id=occasion.organisation_id,
        occasion=occasion,
        uploaded_by_id=account_of(actor),
        file_name=tidy_name(file_name),
        file_hash="",
        file_size=0,
    )
    receive(brought, pieces, lambda at, piece: ListPiece.objects.create(list_import=brought, number=at, content=piece))
    record(actor=actor, action="list.uploaded", subject=brought)
    order(READ, actor, brought)
    return brought


def held(actor: Actor, pk: int, states: Collection[TallyState] = frozenset(TallyState)) -> ListImport:
    """The import, locked until the transaction ends. Raises PermissionDenied and TallyNotReady."""
    found = ListImport.objects.visible_to(actor).select_for_update(of=("self",)).select_related("occasion")
    brought = found.filter(pk=pk).first()
    if brought is None:
        raise PermissionDenied
    if brought.state not in states:
        raise TallyNotReady(brought.state)
    return brought


@transaction.atomic
def order_check(*, actor: Actor, pk: int) -> ListImport:
    """Have every row judged, also anew after a worker has died over it."""
    brought = held(actor, pk, CHECKABLE)
    if brought.state == S.CHECKING and not is_silent(brought):
        raise TallyNotReady(brought.state)
    if not brought.plan:
        raise TallyForgotten
    brought = take_over(brought, S.CHECKING)
    order(CHECK, actor, brought)
    return brought


@transaction.atomic
def order_again(*, actor: Actor, pk: int) -> ListImport:
    """Order once more what a worker has died over."""
    brought = held(actor, pk, {S.UPLOADED, S.CHECKING, S.APPLYING})
    if not is_silent(brought):
        raise TallyNotReady(brought.state)
    if brought.state == S.CHECKING:
        return order_check(actor=actor, pk=pk)
    order(READ if brought.state == S.UPLOADED else APPLY, actor, brought)
    return brought


def order(task: str, actor: Actor, brought: ListImport) -> None:
    """In the transaction that ordered it: a job without its state, or a state without its job, cannot be."""
    app.configure_task(task).defer(list_id=brought.pk, account_id=actor.account_id)


@transaction.atomic
def cancel_import(*, actor: Actor, pk: int) -> ListImport:
    """Give an import up; nothing of it is on the list. A worker that is at it stops after its batch."""
    brought = held(actor, pk, CANCELLABLE)
    if brought.state == S.CHECKING and not is_silent(brought):
        brought.is_cancel_asked = True
        brought.save(update_fields=["is_cancel_asked"])
    else:
        brought.run += 1
        forget_verdicts(brought)
        move(brought, S.CANCELLED, "run", "counts")
    record(actor=actor, action="list.cancelled", subject=brought)
    return brought


def forget_verdicts(brought: ListImport) -> None:
    """Verdicts that were given under another plan say nothing any more."""
    ListRow.objects.filter(list_import=brought).delete()
    brought.counts = {}


def refuse(actor: Actor, brought: ListImport, refused: FileRefused) -> None:
    """Say why the file cannot be read."""
    with acting(actor):
        now = held(actor, brought.pk, {TallyState(brought.state)})
        now.refusal, now.refusal_detail = refused.code.value, refused.detail[:60]
        move(now, S.REFUSED, "refusal", "refusal_detail")


def give_up(*, actor: Actor, pk: int) -> None:
    """After an error nobody foresaw: nothing is on the list, and the page says what can be done."""
    after = {
        S.UPLOADED: (S.REFUSED, Refusal.BROKEN.value),
        S.CHECKING: (S.FAILED, ""),
        S.APPLYING: (S.CHECKED, "not_applied"),
    }
    with acting(actor):
        brought = held(actor, pk)
        if (state := TallyState(brought.state)) in after:
            brought.run += 1
            next_state, brought.refusal = after[state]
            move(brought, next_state, "run", "refusal")


def forget_lists(*, days: int = KEPT_DAYS) -> int:
    """Forget the files and cells of imports that nobody has touched for so many days; returns how many.

    Acts as nobody: the database does it behind the walls and takes no other than those that are due.
    """
    with connection.cursor() as cursor:
        cursor.execute("select arrivals_forget_lists(%s)", [days])
        row: tuple[int] = cursor.fetchone()
        return row[0]
