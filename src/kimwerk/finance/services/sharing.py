"""Keeping what others bear, and money that is passed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.finance.calculation.sharing import Bearer, MoveKind, ShareRole
from kimwerk.finance.models import CostPlan, PassThrough, PassThroughMove, PlanPost, SharedCost
from kimwerk.finance.services.plans import locked_plan
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.staffing.reckoning import PostKind


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """What is known of a cost that somebody bears, or of a benefit."""

    year: int
    role: ShareRole
    bearer: Bearer
    title: str
    amount: Decimal
    municipality: Municipality | None = None
    is_reliable: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """What is known of a contract of passing on; `post` where the post stands in the plan, too."""

    recipient: Organisation
    kind: PostKind
    share: Decimal
    first_day: date
    yearly: Decimal
    contract: str
    last_day: date | None = None
    signed_on: date | None = None
    post: PlanPost | None = None


@transaction.atomic
def keep_share(*, actor: Actor, plan: CostPlan, facts: ShareFacts, share: SharedCost | None = None) -> SharedCost:
    """Enter what somebody bears, or correct it."""
    plan = locked_plan(actor, plan)
    share = share or SharedCost(plan=plan)
    share.year, share.role, share.bearer = facts.year, facts.role.value, facts.bearer.value
    share.title, share.amount, share.municipality = facts.title, facts.amount, facts.municipality
    share.is_reliable, share.source = facts.is_reliable, facts.source
    share.save()
    record(actor=actor, action="shared_cost.kept", subject=share)
    return share


@transaction.atomic
def remove_share(*, actor: Actor, share: SharedCost) -> None:
    """Take out what somebody bears."""
    locked_plan(actor, share.plan)
    record(actor=actor, action="shared_cost.removed", subject=share)
    share.delete()


@transaction.atomic
def keep_contract(
    *, actor: Actor, plan: CostPlan, facts: ContractFacts, contract: PassThrough | None = None
) -> PassThrough:
    """Enter a contract of passing on, or correct it."""
    plan = locked_plan(actor, plan)
    contract = contract or PassThrough(plan=plan)
    contract.recipient, contract.kind, contract.share = facts.recipient, facts.kind.value, facts.share
    contract.days = DateRange(facts.first_day, facts.last_day + ONE_DAY if facts.last_day else None)
    contract.yearly, contract.contract, contract.signed_on = facts.yearly, facts.contract, facts.signed_on
    contract.post = facts.post
    contract.save()
    record(actor=actor, action="pass_through.kept", subject=contract)
    return contract


@transaction.atomic
def note_move(
    *, actor: Actor, contract: PassThrough, year: int, kind: MoveKind, on: date, amount: Decimal, note: str = "",
    move: PassThroughMove | None = None,
) -> PassThroughMove:  # fmt: skip
    """Note an advance, a proof or money that came back."""
    locked_plan(actor, contract.plan)
    move = move or PassThroughMove(pass_through=contract)
    move.year, move.kind, move.on, move.amount, move.note = year, kind.value, on, amount, note
    move.save()
    record(actor=actor, action="pass_through.moved", subject=move)
    return move
